"""What the steps of signing in say to the person."""

from typing import Final

from gateway.core.contract.steps import CodeMedium, Form, FormField, Words
from gateway.core.errors import Text

SIGN_IN_MOSCOW: Final = Words(ru="Вход на mos.ru", en="Sign in to mos.ru")
SIGN_IN_NODE: Final = Words(ru="Вход в дневник", en="Sign in to the diary")
LOGIN_MOSCOW: Final = Words(
    ru="Логин, телефон, e-mail или СНИЛС", en="Login, phone, e-mail or SNILS"
)
LOGIN: Final = Words(ru="Логин", en="Login")
PASSWORD: Final = Words(ru="Пароль", en="Password")

SMS_CODE: Final = Words(ru="Код из SMS", en="The code from the SMS")
EMAIL_CODE: Final = Words(ru="Код из письма", en="The code from the e-mail")
APP_CODE: Final = Words(
    ru="Код из приложения для подтверждения входа", en="The code from the authenticator app"
)
CALL_CODE: Final = Words(
    ru="Вам позвонят: последние четыре цифры номера",
    en="You will be called: the last four digits of the number",
)
FACTOR: Final = Words(ru="Как подтвердить вход?", en="How shall the sign-in be confirmed?")
TRUST: Final = Words(
    ru="mos.ru спрашивает: доверять этому устройству и больше не просить код? "
    "Ответьте «нет», чтобы просто войти.",
    en="mos.ru asks whether to trust this device and ask for no code any more. "
    "Answer no to just sign in.",
)

OAUTH: Final = Words(
    ru="Откройте страницу и войдите на mos.ru: паролем, через Госуслуги или по QR-коду. "
    "В конце скопируйте ссылку, которую браузер не смог открыть.",
    en="Open the page and sign in to mos.ru: with a password, through Gosuslugi or by QR code. "
    "At the end copy the link that the browser could not open.",
)
OAUTH_LOOPBACK: Final = Words(
    ru="Откройте страницу и войдите на mos.ru: паролем, через Госуслуги или по QR-коду.",
    en="Open the page and sign in to mos.ru: with a password, through Gosuslugi or by QR code.",
)
ESIA: Final = Words(
    ru="Откройте страницу и войдите через Госуслуги. В конце скопируйте ссылку, которую браузер "
    "не смог открыть.",
    en="Open the page and sign in through Gosuslugi. At the end copy the link that the browser "
    "could not open.",
)
SHOW_QR: Final = Words(
    ru="Отсканируйте код в приложении mos.ru или откройте ссылку там, где вы уже вошли",
    en="Scan the code with the mos.ru application, or open the link where you are signed in",
)
APPROVE: Final = Words(
    ru="Подтвердите вход в приложении mos.ru", en="Confirm the sign-in in the mos.ru application"
)
TOKEN: Final = Words(ru="Ключ доступа", en="The access token")
TOKEN_HINT: Final = Words(
    ru="Войдите на сайте дневника и скопируйте cookie aupd_token или заголовок Authorization.",
    en="Sign in at the diary's site and copy the cookie aupd_token or the header Authorization.",
)
COOKIES: Final = Words(
    ru="Войдите на сайте дневника в браузере", en="Sign in at the diary's site in the browser"
)
PROFILE: Final = Words(ru="Чей дневник открыть?", en="Whose diary shall be opened?")

USE_BROWSER: Final = Text(
    "mos.ru просит сделать ещё что-то, что можно только на его странице. Войдите через браузер: "
    "выберите другой способ входа.",
    "mos.ru asks for something that can be done on its page only. Sign in with the browser: "
    "choose another way to sign in.",
)
UNKNOWN_LOGIN: Final = Text(
    "На mos.ru нет учётной записи с таким логином, телефоном или e-mail. Проверьте написанное.",
    "mos.ru has no account with this login, phone or e-mail. Check what you wrote.",
)
WRONG_PASSWORD: Final = Text(
    "Неверный логин или пароль mos.ru. Пароль восстанавливают на login.mos.ru.",
    "Wrong login or password of mos.ru. A password is recovered at login.mos.ru.",
)
LOCKED: Final = Text(
    "mos.ru временно закрыл вход по паролю после неудачных попыток. Подождите или войдите "
    "другим способом.",
    "mos.ru has closed sign-in by password for a time after failed attempts. Wait, or sign in "
    "another way.",
)
NOT_LINKED_MOSCOW: Final = Text(
    "На эту учётную запись mos.ru дневника нет. Передайте классному руководителю e-mail и телефон "
    "из личного кабинета: они должны совпадать с данными школы.",
    "No diary belongs to this mos.ru account. Give the class teacher the e-mail and phone of your "
    "account: they must equal the school's data.",
)
EXPIRED_TOKEN: Final = Text(
    "Срок этого ключа истёк. Войдите на сайте дневника и скопируйте новый.",
    "This token has expired. Sign in at the diary's site and copy a new one.",
)
NO_TOKEN: Final = Text(
    "Здесь нет ключа доступа. Скопируйте cookie aupd_token целиком.",
    "There is no access token in this. Copy the whole cookie aupd_token.",
)
CODE_SPENT: Final = Text(
    "Ссылка входа уже использована или устарела. Начните вход заново.",
    "The link of the sign-in was used before or is too old. Begin to sign in again.",
)
NOT_THE_END: Final = Text(
    "Это не последний адрес входа. Скопируйте ссылку целиком.",
    "This is not the last address of the sign-in. Copy the whole link.",
)
REFUSED_NETWORK: Final = Text(
    "Дневник не пускает из этой сети. Войдите из российской сети или другим способом.",
    "The diary refuses this network. Sign in from a Russian network, or in another way.",
)

CODES: Final = {
    CodeMedium.SMS: SMS_CODE,
    CodeMedium.EMAIL: EMAIL_CODE,
    CodeMedium.APP: APP_CODE,
    CodeMedium.CALL: CALL_CODE,
}

_KINDS: Final = {
    "student": ("Ученик", "Student"),
    "parent": ("Родитель", "Parent"),
}


def sign_in_form(title: Words, login: Words) -> Form:
    """Login and password."""
    return Form(
        title=title,
        fields=(
            FormField(name="login", label=login),
            FormField(name="password", label=PASSWORD, secret=True),
        ),
    )


def token_form() -> Form:
    """A token to paste."""
    return Form(
        title=TOKEN,
        fields=(FormField(name="token", label=TOKEN, secret=True, hint=TOKEN_HINT),),
    )


def kind_of_profile(role: str) -> str:
    """What to call a profile in a list."""
    return " / ".join(_KINDS[role])


def in_both(words: Words) -> str:
    """An option of a list, whose label is one text for everybody."""
    return f"{words.ru} / {words.en}"


def of_another(title: Text) -> Text:
    """Says whose token was pasted."""
    return Text(
        f"Этот ключ выдан для другого дневника: «{title.ru}». Выберите его при входе.",
        f"This token was issued for another diary: {title.en}. Choose that one to sign in.",
    )


def of_region(code: str) -> Text:
    """The same for an installation that is not known here."""
    return Text(
        f"Этот ключ выдан для дневника другого региона (код {code}).",
        f"This token was issued for the diary of another region (code {code}).",
    )
