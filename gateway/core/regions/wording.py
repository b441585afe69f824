"""Words for people: ways of signing in and dates of uneven precision."""

from collections.abc import Mapping
from typing import Final

from gateway.core.errors import Text
from gateway.core.regions.model import Gosuslugi, SignIn

SIGN_IN: Final[Mapping[SignIn, Text]] = {
    SignIn.ESIA_ONLY: Text("только через Госуслуги", "Gosuslugi only"),
    SignIn.ESIA_MOSTLY: Text(
        "чаще через Госуслуги, иногда по логину и паролю",
        "mostly Gosuslugi, sometimes login and password",
    ),
    SignIn.ESIA_OFFERED: Text("можно через Госуслуги", "Gosuslugi is offered"),
    SignIn.PASSWORD: Text("по логину и паролю", "login and password"),
    SignIn.PASSWORD_OR_ESIA: Text(
        "по логину и паролю или через Госуслуги", "login and password, or Gosuslugi"
    ),
    SignIn.PASSWORD_ESIA_UNCONFIRMED: Text(
        "по логину и паролю; возможно, и через Госуслуги",
        "login and password; perhaps Gosuslugi too",
    ),
    SignIn.ESIA_SITE_PASSWORD_APP: Text(
        "на сайте через Госуслуги, в приложении по логину и паролю",
        "Gosuslugi on the site, login and password in the application",
    ),
    SignIn.OWN_ACCOUNT: Text(
        "по учётной записи портала региона", "an account of the region's portal"
    ),
    SignIn.NONE: Text("входа нет", "there is nothing to sign in to"),
    SignIn.UNKNOWN: Text("способ не известен", "the way is not known"),
}
"""Every way of signing in, as it stands after «Вход:» and “Sign-in:”."""

GOSUSLUGI: Final[Mapping[Gosuslugi, Text]] = {
    Gosuslugi.DIARY: Text(
        "Это и есть «Госуслуги Моя школа»: дневник открывается на сайте и в приложении Госуслуг.",
        "This is “Gosuslugi Moya Shkola” itself: it opens on the Gosuslugi site and in its app.",
    ),
    Gosuslugi.FRONT_END: Text(
        "Дневник можно смотреть и через «Госуслуги Моя школа».",
        "The diary can also be read through “Gosuslugi Moya Shkola”.",
    ),
    Gosuslugi.NO: Text(
        "Через «Госуслуги Моя школа» дневник посмотреть нельзя.",
        "The diary cannot be read through “Gosuslugi Moya Shkola”.",
    ),
    Gosuslugi.UNKNOWN: Text(
        "Можно ли смотреть дневник через «Госуслуги Моя школа», неизвестно.",
        "Whether the diary can be read through “Gosuslugi Moya Shkola” is not known.",
    ),
}
"""Whether the federal front end can be used, as a sentence."""

_MONTHS: Final = (
    Text("января", "January"),
    Text("февраля", "February"),
    Text("марта", "March"),
    Text("апреля", "April"),
    Text("мая", "May"),
    Text("июня", "June"),
    Text("июля", "July"),
    Text("августа", "August"),
    Text("сентября", "September"),
    Text("октября", "October"),
    Text("ноября", "November"),
    Text("декабря", "December"),
)


def date_text(date: str) -> Text:
    """A year, month or day (`"2026"`, `"2026-09"`, `"2026-09-01"`) in words.

    The Russian form is the genitive, as after «с», «до», «от»: «1 сентября 2026 года».
    """
    year, *rest = (int(part) for part in date.split("-"))
    ru, en = f"{year} года", f"{year}"
    if rest:
        month = _MONTHS[rest[0] - 1]
        ru, en = f"{month.ru} {ru}", f"{month.en} {en}"
    if len(rest) > 1:
        ru, en = f"{rest[1]} {ru}", f"{rest[1]} {en}"
    return Text(ru, en)
