"""What the steps of a sign-in through Gosuslugi say to the person."""

from typing import Final

from gateway.core.contract.steps import Words
from gateway.core.errors import Text

BROWSER: Final = Words(
    ru="Войдите на Госуслугах в своём браузере.",
    en="Sign in at Gosuslugi in your own browser.",
)
NOT_THE_END: Final = Text(
    "Это не последняя страница входа. Дождитесь возвращения в дневник и попробуйте снова.",
    "This is not the last page of the sign-in. Wait until it returns to the diary and try again.",
)
