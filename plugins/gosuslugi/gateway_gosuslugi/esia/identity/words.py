"""What the steps of a sign-in through Gosuslugi say to the person."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.steps import Words
from gateway.core.errors import (
    AccountLocked,
    AccountUnknown,
    LoginError,
    Text,
    WrongCredentials,
)

BROWSER: Final = Words(
    ru="Войдите на Госуслугах в своём браузере.",
    en="Sign in at Gosuslugi in your own browser.",
)
WAY: Final = Words(ru="Как войти на Госуслуги?", en="How do you want to sign in at Gosuslugi?")
SIGN_IN: Final = Words(ru="Вход на Госуслуги", en="Sign-in at Gosuslugi")
LOGIN: Final = Words(ru="Телефон, e-mail или СНИЛС", en="Phone, e-mail or SNILS")
PASSWORD: Final = Words(ru="Пароль от Госуслуг", en="Password of Gosuslugi")
RISK: Final = Words(
    ru="Пароль от Госуслуг получит этот сервис. Надёжнее войти в браузере.",
    en="This service will get your password of Gosuslugi. Signing in by browser is safer.",
)
CODE: Final = Words(ru="Код подтверждения Госуслуг", en="Confirmation code of Gosuslugi")
PUSH: Final = Words(
    ru="Подтвердите вход в приложении Госуслуг.",
    en="Approve the sign-in in the application of Gosuslugi.",
)
QR: Final = Words(
    ru="Отсканируйте код камерой телефона с приложением Госуслуг.",
    en="Scan the code with a phone that has the application of Gosuslugi.",
)
CAPTCHA: Final = Words(
    ru="Госуслуги просят ввести символы с картинки.",
    en="Gosuslugi asks for the characters on the picture.",
)
QUESTION: Final = Words(
    ru="Госуслуги задают контрольный вопрос.", en="Gosuslugi asks a control question."
)
CONSENT: Final = Words(ru="Доступ к данным Госуслуг", en="Access to data of Gosuslugi")
GRANT: Final = Words(
    ru="Разрешить дневнику получить ваши данные с Госуслуг?",
    en="Let the diary see your data at Gosuslugi?",
)

NOT_THE_END: Final = Text(
    "Это не последняя страница входа. Дождитесь возвращения в дневник и попробуйте снова.",
    "This is not the last page of the sign-in. Wait until it returns to the diary and try again.",
)
USE_BROWSER: Final = Text(
    "Так войти сейчас нельзя. Войдите на Госуслуги в браузере.",
    "This way does not work now. Sign in at Gosuslugi by browser.",
)
START_AGAIN: Final = Text(
    "Госуслуги прервали вход. Начните заново.",
    "Gosuslugi has ended the sign-in. Start again.",
)
PASSWORD_REFUSED: Final[Mapping[type[LoginError], Text]] = {
    WrongCredentials: Text(
        "Неверный логин или пароль Госуслуг. Восстановите доступ на Госуслугах.",
        "Wrong login or password of Gosuslugi. Recover access at Gosuslugi.",
    ),
    AccountUnknown: Text(
        "На Госуслугах нет такой учётной записи. Проверьте логин.",
        "Gosuslugi has no such account. Check the login.",
    ),
    AccountLocked: Text(
        "Учётная запись Госуслуг заблокирована. Восстановите доступ на Госуслугах.",
        "The account of Gosuslugi is locked. Recover access at Gosuslugi.",
    ),
}
OPTIONS: Final[Mapping[str, Words]] = {
    "browser": Words(ru="В браузере (надёжнее всего)", en="By browser (the safest)"),
    "qr": Words(ru="По QR-коду с телефона", en="By a QR code and the phone"),
    "password": Words(ru="По паролю", en="By password"),
}
