"""What the steps of signing in say to the person."""

from collections.abc import Iterable
from typing import Final

from gateway.core.contract.steps import Form, FormField, StepError, Words
from gateway.core.errors import Text

SIGN_IN: Final = Words(ru="Вход в дневник", en="Sign in to the diary")
LOGIN: Final = Words(ru="Логин", en="Login")
PASSWORD: Final = Words(ru="Пароль", en="Password")
NEW_PASSWORD: Final = Words(ru="Новый пароль", en="New password")
REPEAT: Final = Words(ru="Новый пароль ещё раз", en="New password again")
CAPTCHA: Final = Words(ru="Введите символы с картинки", en="Enter the characters of the picture")
CHANGE_PASSWORD: Final = Words(
    ru="Пароль временный: придумайте свой", en="The password is temporary: choose your own"
)
FIRST_LOGIN: Final = Words(
    ru="Первый вход: заполните данные", en="First sign-in: fill in your data"
)
EMAIL: Final = Words(ru="E-mail для восстановления доступа", en="E-mail for recovering access")
PHONE: Final = Words(ru="Телефон", en="Phone")
TOKEN: Final = Words(
    ru="Ключ доступа или весь адрес страницы, где он показан",
    en="The access token, or the whole address of the page that shows it",
)
TOKEN_HINT: Final = Words(
    ru="Адрес заканчивается на #access_token=… — скопируйте его целиком.",
    en="The address ends with #access_token=… — copy all of it.",
)
OPEN_SITE: Final = Words(
    ru="Войдите на сайте дневника и скопируйте адрес последней страницы",
    en="Sign in at the diary's site and copy the address of the last page",
)
SITE_COOKIES: Final = Words(
    ru="Войдите на сайте дневника в браузере", en="Sign in at the diary's site in the browser"
)
REGION: Final = Words(ru="Выберите регион", en="Choose the region")
ESIA: Final = Words(ru="Войдите через Госуслуги", en="Sign in through Gosuslugi")
ACCOUNTS: Final = Words(ru="Какие дневники открыть?", en="Which diaries shall be opened?")
LINKING: Final = Words(
    ru="Дневник предлагает связать учётную запись с Госуслугами. Связать сейчас? "
    "Ответьте «нет», чтобы просто войти.",
    en="The diary offers to link the account with Gosuslugi. Link it now? "
    "Answer no to go on without.",
)
TERMS: Final = Words(
    ru="Дневник просит принять условия использования. Вы согласны?",
    en="The diary asks to accept its terms of use. Do you agree?",
)

LINK_AT_SITE: Final = Text(
    "Связать учётную запись с Госуслугами можно только на сайте дневника. Сделайте это там и "
    "войдите здесь ещё раз.",
    "Accounts can be linked with Gosuslugi at the diary's site only. Do it there, then sign in "
    "here once more.",
)
PASSWORDS_DIFFER: Final = Text("Пароли не совпадают.", "The passwords differ.")
SITE_PASSWORD_ONLY: Final = Text(
    "Дневник не принял логин и пароль. Некоторые учётные записи он впускает только через "
    "страницу входа сайта: если пароль точно верный, выберите другой способ входа. Забытый "
    "пароль восстанавливают на сайте дневника или у классного руководителя.",
    "The diary did not accept login and password. It lets some accounts in through the site's "
    "sign-in page only: if the password is certainly right, choose another way to sign in. "
    "Recover a forgotten one at the diary's site, or ask the class teacher.",
)
FIRST_SIGN: Final = Text(
    "Первый вход через Госуслуги нужно закончить на сайте дневника. Войдите там один раз, потом "
    "повторите здесь.",
    "The first sign-in through Gosuslugi must be finished at the diary's site. Sign in there "
    "once, then repeat it here.",
)
ESIA_UNFINISHED: Final = Text(
    "Вход через Госуслуги не завершён или устарел. Начните его заново.",
    "The sign-in through Gosuslugi is unfinished or too old. Begin it again.",
)
NO_SUBSCRIPTION: Final = Text(
    "Дневник открывает эту учётную запись только по подписке.",
    "The diary opens this account with a subscription only.",
)

_SCOPES: Final = {
    "commoninfo": Words(ru="основные сведения", en="basic facts"),
    "contactinfo": Words(ru="имена и контакты", en="names and contacts"),
    "friendsandrelatives": Words(ru="родственники и друзья", en="relatives and friends"),
    "educationalinfo": Words(ru="расписание, задания и оценки", en="timetable, homework and marks"),
    "socialinfo": Words(ru="группы и события", en="groups and events"),
    "files": Words(ru="файлы", en="files"),
    "wall": Words(ru="записи", en="posts"),
    "messages": Words(ru="сообщения", en="messages"),
}


def consent(scopes: str) -> Words:
    """The question whether the application may see the data of a comma list of scopes."""
    known = [_SCOPES.get(item.lower(), Words(ru=item, en=item)) for item in scopes.split(",")]
    return Words(
        ru=f"Разрешить приложению видеть: {', '.join(item.ru for item in known)}?",
        en=f"Let the application see: {', '.join(item.en for item in known)}?",
    )


def sign_in_form(error: StepError | None = None) -> Form:
    """Login and password."""
    return Form(
        title=SIGN_IN,
        fields=(
            FormField(name="login", label=LOGIN),
            FormField(name="password", label=PASSWORD, secret=True),
        ),
        error=error,
    )


def new_password_fields(rules: str | None = None) -> tuple[FormField, FormField]:
    """A new password, twice; `rules` are the service's own words."""
    hint = None if rules is None else Words(ru=rules, en=rules)
    return (
        FormField(name="new_password", label=NEW_PASSWORD, secret=True, hint=hint),
        FormField(name="repeat", label=REPEAT, secret=True),
    )


def joined(texts: Iterable[str | None]) -> str | None:
    """Words or sentences in one line; None for none."""
    return " ".join(text.strip() for text in texts if text and text.strip()) or None
