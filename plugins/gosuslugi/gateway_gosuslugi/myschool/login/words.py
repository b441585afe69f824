"""What the steps of signing in say to the person."""

from typing import Final

from gateway.core.contract.steps import Words
from gateway.core.errors import Text

BROWSER: Final = Words(
    ru="Откройте страницу и войдите через Госуслуги. Когда снова появится «Моя школа», вход "
    "закончен: нужны cookie сайта www.gosuslugi.ru.",
    en="Open the page and sign in through Gosuslugi. Once «My School» shows again you are done: "
    "the cookies of www.gosuslugi.ru are wanted.",
)
PASTE: Final = Words(
    ru="Cookie браузера, в котором вы вошли в «Мою школу»",
    en="Cookies of the browser in which you have signed in to «My School»",
)
COOKIES: Final = Words(ru="Cookie сайта www.gosuslugi.ru", en="Cookies of www.gosuslugi.ru")
COOKIES_HINT: Final = Words(
    ru="Вставьте строку заголовка Cookie или строки «имя=значение»; нужны u, sp_session и acc_t.",
    en="Paste the Cookie header or lines `name=value`; u, sp_session and acc_t are needed.",
)

NOT_COOKIES: Final = Text(
    "Здесь нет трёх нужных cookie: u, sp_session и acc_t. Скопируйте их с www.gosuslugi.ru, "
    "войдя в «Мою школу».",
    "The three cookies u, sp_session and acc_t are not all here. Copy them from www.gosuslugi.ru "
    "after signing in to «My School».",
)
DEAD: Final = Text(
    "Госуслуги не узнали этот вход: он закончился, или сеть, из которой мы обращаемся, им не "
    "подходит (многие нероссийские адреса закрыты). Войдите ещё раз и скопируйте cookie заново.",
    "Gosuslugi do not know this sign-in: it is over, or they refuse our network (many addresses "
    "outside of Russia are closed). Sign in once more and copy the cookies anew.",
)
NOBODY: Final = Text(
    "В «Моей школе» у вас пока нет ни одного ученика. Родителю нужны подтверждённая учётная "
    "запись и карточка ребёнка в разделе «Документы → Семья и дети»; до 14 лет учётную запись "
    "ребёнку создаёт родитель, с 14 лет ученик привязывает свою. Затем в «Моей школе» выберите "
    "роль («Родитель» или «Ученик») и регион и дайте согласия.",
    "«My School» shows no student of yours yet. A parent needs a confirmed account and the "
    "child's card under «Документы → Семья и дети»; under 14 the parent creates the child's "
    "account, from 14 on students link their own. Then choose role and region in «My School» and "
    "give the consents.",
)
