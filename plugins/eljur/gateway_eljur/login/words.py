"""What the steps of signing in say to the person."""

from typing import Final

from gateway.core.contract.steps import FormField, Words
from gateway.core.errors import Text

SIGN_IN: Final = Words(ru="Вход в дневник", en="Sign in to the diary")
SCHOOL: Final = Words(ru="Школа", en="School")
SCHOOL_HINT: Final = Words(
    ru="Адрес страницы, на которой вы входите в дневник, например sch1.eljur.ru.",
    en="The address of the page where you sign in to the diary, such as sch1.eljur.ru.",
)
SCHOOL_KEY: Final = Words(ru="Код школы", en="The school's key")
SCHOOL_KEY_HINT: Final = Words(
    ru="Этот сайт один на весь регион. Код школы пишут латинскими буквами и цифрами; его знает "
    "администратор дневника в школе.",
    en="This site serves a whole region. The school's key is written in Latin letters and digits; "
    "the school's diary administrator knows it.",
)
WHICH_SCHOOL: Final = Words(ru="Какая это школа?", en="Which school is it?")
LOGIN: Final = Words(ru="Логин", en="Login")
PASSWORD: Final = Words(ru="Пароль", en="Password")
TOKEN: Final = Words(ru="Ключ доступа", en="The access token")
TOKEN_HINT: Final = Words(
    ru="Ключ auth_token, ключ v_token или весь адрес страницы с ним.",
    en="An auth_token, a v_token, or the whole address of a page that holds it.",
)
ESIA: Final = Words(
    ru="Откройте страницу и войдите через Госуслуги. В конце скопируйте адрес последней страницы: "
    "в нём есть v_token.",
    en="Open the page and sign in through Gosuslugi. At the end copy the address of the last page: "
    "it holds v_token.",
)
DIARIES: Final = Words(ru="Какие дневники открыть?", en="Which diaries shall be opened?")

RECOVERY: Final = Words(
    ru="Восстановление пароля. Письмо придёт, если e-mail привязан к учётной записи; иначе новый "
    "пароль выдаёт школа.",
    en="Password recovery. A letter comes if the e-mail is bound to the account; otherwise the "
    "school issues a new password.",
)
EMAIL: Final = Words(ru="E-mail", en="E-mail")

INVITATION: Final = Words(
    ru="Регистрация по пригласительному коду", en="Registration with an invite code"
)
INVITE_CODE: Final = Words(ru="Пригласительный код", en="The invite code")
INVITE_HINT: Final = Words(
    ru="Код выдаёт школа: свой ученику и каждому родителю.",
    en="The school issues it: one to the student and one to each parent.",
)
NEW_OR_MINE: Final = Words(
    ru="Создать учётную запись или добавить ребёнка к вашей?",
    en="Make a new account, or add the child to yours?",
)
OPTION_NEW: Final = "Новая учётная запись / New account"
OPTION_MINE: Final = "Моя учётная запись / My account"
NEW_ACCOUNT: Final = Words(ru="Придумайте логин и пароль", en="Choose a login and a password")
MY_ACCOUNT: Final = Words(ru="Войдите в вашу учётную запись", en="Sign in to your account")
LOGIN_RULES: Final = Words(
    ru="От 3 до 32 латинских букв, цифр и знаков . _ -",
    en="3 to 32 Latin letters, digits and the signs . _ -",
)
PASSWORD_RULES: Final = Words(
    ru="Не короче 8 знаков, с буквой и цифрой.",
    en="At least 8 signs with a letter and a digit.",
)
REPEAT: Final = Words(ru="Пароль ещё раз", en="The password again")
SURNAME: Final = Words(ru="Фамилия", en="Surname")
GIVEN_NAME: Final = Words(ru="Имя", en="Given name")
PATRONYMIC: Final = Words(ru="Отчество", en="Patronymic")
LETTER: Final = Words(
    ru="Введите код из письма или вставьте ссылку из него",
    en="Enter the code of the letter, or paste the link in it",
)

NAME_SCHOOL: Final = Text(
    "Укажите школу: адрес страницы, на которой вы входите в дневник.",
    "Name the school: the address of the page where you sign in to the diary.",
)
NAME_KEY: Final = Text(
    "Укажите код школы: этот сайт один на весь регион.",
    "Name the school's key: this site serves a whole region.",
)
FOREIGN_ADDRESS: Final = Text(
    "Это адрес не ЭлЖура. Скопируйте адрес страницы, на которой вы входите в дневник.",
    "This is no address of ElJur. Copy the address of the page where you sign in to the diary.",
)
NO_SUCH_SCHOOL: Final = Text(
    "Дневник не знает такой школы. Проверьте её адрес; если он верный, повторите позже.",
    "The diary does not know this school. Check its address; if it is right, try later.",
)
ARCHIVED: Final = Text(
    "Дневник этой школы — в архиве ЭлЖура: школа ведёт его в другой системе. Спросите в школе, в "
    "какой.",
    "This school's diary is in ElJur's archive: the school keeps it in another system. Ask the "
    "school which.",
)
WRONG_PASSWORD: Final = Text(
    "Неверный логин или пароль, или указана не та школа. Если вы входите в дневник через "
    "Госуслуги, выберите этот способ. Забытый пароль восстанавливают по e-mail или в школе.",
    "Wrong login or password, or another school's. If you enter the diary through Gosuslugi, "
    "choose that way. A forgotten password is recovered by e-mail or at school.",
)
CLIENT_BLOCKED: Final = Text(
    "Дневник закрыл доступ приложению. Сообщите тому, кто обслуживает сервис.",
    "The diary has closed its doors to the application. Tell whoever runs the service.",
)
REFUSED: Final = Text(
    "Дневник не принял вход и не сказал почему. Войдите на его сайте и повторите здесь.",
    "The diary refused the sign-in without a reason. Sign in at its site, then repeat it here.",
)
ESIA_UNFINISHED: Final = Text(
    "Вход через Госуслуги не завершён или устарел. Начните его заново.",
    "The sign-in through Gosuslugi is unfinished or too old. Begin it again.",
)
NOT_LINKED: Final = Text(
    "На вашу учётную запись Госуслуг нет дневника в ЭлЖуре. Привяжите её на сайте дневника или "
    "попросите школу сверить данные.",
    "No diary in ElJur belongs to your Gosuslugi account. Link it at the diary's site, or ask the "
    "school to check the data.",
)
NOT_THE_END: Final = Text(
    "Это не последний адрес входа: в нём нет v_token. Скопируйте адрес целиком.",
    "This is not the last address of the sign-in: it holds no v_token. Copy all of it.",
)
NO_TOKEN: Final = Text(
    "Здесь нет ключа доступа. Скопируйте его целиком.",
    "There is no access token in this. Copy the whole of it.",
)
NO_ESIA: Final = Text(
    "В этом дневнике входа через Госуслуги нет. Войдите с логином и паролем от школы.",
    "This diary has no sign-in through Gosuslugi. Use the school's login and password.",
)
EMAIL_NOT_BOUND: Final = Text(
    "К этому адресу не привязана учётная запись. Проверьте адрес и школу; если e-mail не "
    "привязан, новый пароль выдаст школа.",
    "No account is bound to this address. Check address and school; if no e-mail is bound, the "
    "school issues a new password.",
)

PASSWORDS_DIFFER: Final = Text("Пароли не совпадают.", "The passwords differ.")
WEAK_PASSWORD: Final = Text(
    "Пароль слишком простой: нужно не меньше 8 знаков, с буквой и цифрой.",
    "The password is too weak: at least 8 signs with a letter and a digit are needed.",
)
LOGIN_UNFIT: Final = Text(
    "Такой логин не подходит: нужно от 3 до 32 латинских букв, цифр и знаков . _ -",
    "This login does not do: 3 to 32 Latin letters, digits and the signs . _ - are needed.",
)
NO_NAME: Final = Text("Укажите фамилию и имя.", "Give the surname and the given name.")
REGISTRATION_OVER: Final = Text(
    "Регистрация устарела или код уже использован. Начните её заново.",
    "The registration is too old, or its code was used. Begin it again.",
)
OTHER_ROLE: Final = Text(
    "Этот код выдан не родителю: к учётной записи родителя его не добавить.",
    "This code was not issued to a parent: it cannot be added to a parent's account.",
)
CHILD_KNOWN: Final = Text(
    "Этот ребёнок уже есть в вашей учётной записи. Просто войдите в неё.",
    "This child is in your account already. Just sign in to it.",
)


def school_field(*, required: bool = True) -> FormField:
    """The question for the school."""
    return FormField(name="school", label=SCHOOL, hint=SCHOOL_HINT, required=required)


def credential_fields() -> tuple[FormField, FormField]:
    """Login and password."""
    return (
        FormField(name="login", label=LOGIN),
        FormField(name="password", label=PASSWORD, secret=True),
    )
