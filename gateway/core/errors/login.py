"""Errors of signing in and of registration; each has its own remedy."""

from gateway.core.errors.base import Actor, GatewayError, Text


class LoginError(GatewayError):
    """The sign-in cannot end well as it stands."""

    code = "auth.failed"
    actor = Actor.PERSON
    text = Text("Войти не удалось.", "Signing in failed.")


class WrongCredentials(LoginError):
    """The provider said explicitly that login or password is wrong; sent once, never again."""

    code = "auth.wrong_credentials"
    text = Text(
        "Неверный логин или пароль. Восстановите доступ по e-mail или телефону либо спросите "
        "классного руководителя.",
        "Wrong login or password. Recover access by e-mail or phone, or ask the class teacher.",
    )


class KnownWrongSecret(WrongCredentials):
    """The very same secret was refused before; it was not sent again."""

    code = "auth.known_wrong_secret"
    text = Text(
        "Этот пароль дневник уже отверг, второй раз он не отправлен. Введите другой.",
        "The diary has already refused this password; it was not sent again. Enter another.",
    )


class AccountUnknown(WrongCredentials):
    """There is no account with this login."""

    code = "auth.account_unknown"
    text = Text(
        "Такого логина нет. Проверьте его или спросите классного руководителя.",
        "There is no such login. Check it or ask the class teacher.",
    )


class AccountLocked(LoginError):
    """The account is locked for a time or by the school."""

    code = "auth.account_locked"
    text = Text(
        "Вход временно закрыт после неудачных попыток. Подождите или обратитесь в школу.",
        "Sign-in is locked after failed attempts. Wait, or ask the school.",
    )


class TooManyAttempts(LoginError):
    """The gateway itself holds the attempt back so that the account is not locked."""

    code = "auth.too_many_attempts"
    retryable = True
    text = Text(
        "Слишком много попыток входа подряд. Подождите, чтобы дневник не закрыл доступ.",
        "Too many sign-in attempts. Wait, so that the diary does not lock the account.",
    )


class LoginOutcomeUnknown(LoginError):
    """The secret was sent and no whole answer came; it is not sent a second time by itself."""

    code = "auth.outcome_unknown"
    actor = Actor.PROVIDER
    text = Text(
        "Дневник не ответил на вход. Повторите не раньше чем через минуту.",
        "The diary did not answer the sign-in. Repeat not before a minute has passed.",
    )


class CaptchaRequired(LoginError):
    """The provider wants a captcha where no person can be asked."""

    code = "auth.captcha_required"
    text = Text(
        "Дневник просит ввести символы с картинки. Войдите сами ещё раз.",
        "The diary asks for a captcha. Sign in yourself once more.",
    )


class WrongCaptcha(LoginError):
    """The characters did not match the picture."""

    code = "auth.wrong_captcha"
    text = Text("Символы с картинки введены неверно.", "The captcha was not solved.")


class WrongCode(LoginError):
    """The one-time code is wrong."""

    code = "auth.wrong_code"
    text = Text("Неверный код. Проверьте и введите ещё раз.", "Wrong code. Check and enter again.")


class CodeExpired(LoginError):
    """The one-time code is too old."""

    code = "auth.code_expired"
    text = Text("Срок кода истёк. Запросите новый.", "The code has expired. Ask for a new one.")


class CodeAttemptsExhausted(LoginError):
    """No attempts are left for this code."""

    code = "auth.code_attempts_exhausted"
    text = Text(
        "Попытки ввода кода закончились. Начните вход заново.",
        "No attempts are left for the code. Start signing in again.",
    )


class PasswordRejected(LoginError):
    """The new password breaks the provider's rules."""

    code = "auth.password_rejected"
    text = Text(
        "Дневник не принял новый пароль: он слишком простой или не подходит по правилам.",
        "The diary did not accept the new password: it is too weak or breaks the rules.",
    )


class TemporaryPassword(LoginError):
    """The password from the school must be changed first."""

    code = "auth.temporary_password"
    text = Text(
        "Пароль временный: сначала смените его при входе на сайт дневника.",
        "The password is temporary: change it at the diary's site first.",
    )


class EsiaOnly(LoginError):
    """The account has no diary password; sign-in goes through Gosuslugi only."""

    code = "auth.esia_only"
    text = Text(
        "В этом дневнике вход только через Госуслуги. Выберите этот способ.",
        "This diary can only be entered through Gosuslugi. Choose that way.",
    )


class EsiaNotOffered(LoginError):
    """The region has no sign-in through Gosuslugi."""

    code = "auth.esia_not_offered"
    text = Text(
        "В этом регионе входа через Госуслуги нет. Войдите с логином и паролем от школы.",
        "This region has no sign-in through Gosuslugi. Use the school's login and password.",
    )


class IdentityTooWeak(LoginError):
    """The Gosuslugi account's level is too low."""

    code = "auth.identity_too_weak"
    text = Text(
        "Учётной записи Госуслуг не хватает уровня: с 14 лет нужна подтверждённая.",
        "The Gosuslugi account's level is too low: from the age of 14 it must be confirmed.",
    )


class DataMismatch(LoginError):
    """Name, birth date or СНИЛС differ from the school's records."""

    code = "auth.data_mismatch"
    actor = Actor.SCHOOL
    text = Text(
        "Имя, дата рождения или СНИЛС не совпадают с данными школы. Попросите школу сверить их.",
        "Name, birth date or SNILS differ from the school's records. Ask the school to check.",
    )


class ContactDataMissing(LoginError):
    """The school has other contact data than the personal account, or none."""

    code = "auth.contact_data_missing"
    actor = Actor.SCHOOL
    text = Text(
        "Не хватает данных для доступа. Передайте классному руководителю e-mail и телефон "
        "из личного кабинета.",
        "Contact data are missing. Give the class teacher the e-mail and phone of your account.",
    )


class AccountNotLinked(LoginError):
    """The sign-in worked, but no diary account hangs on it."""

    code = "auth.not_linked"
    actor = Actor.SCHOOL
    text = Text(
        "Учётная запись не связана с дневником. Привяжите её на сайте дневника или через школу.",
        "The account is not linked to the diary. Link it at the diary's site or ask the school.",
    )


class NoStudents(LoginError):
    """The account has no child linked to it."""

    code = "auth.no_students"
    actor = Actor.SCHOOL
    text = Text(
        "К учётной записи не привязан ни один ученик. Привязать ребёнка может школа.",
        "No student is linked to the account. The school can link a child.",
    )


class NoMembership(LoginError):
    """The person is not a member of any school any more."""

    code = "auth.no_membership"
    actor = Actor.SCHOOL
    text = Text(
        "Учётная запись больше не числится ни в одной школе. Обратитесь в школу.",
        "The account no longer belongs to any school. Ask the school.",
    )


class SchoolUnknown(LoginError):
    """The school that was named cannot be found in this diary."""

    code = "auth.school_unknown"
    text = Text(
        "Такой школы в этом дневнике нет. Скопируйте адрес страницы, на которой вы входите.",
        "There is no such school in this diary. Copy the address of the page where you sign in.",
    )


class DiaryMoved(LoginError):
    """The school or its region has left this diary for another system."""

    code = "auth.diary_moved"
    text = Text(
        "Школа перешла в другой электронный дневник, здесь её данных больше нет.",
        "The school moved to another e-diary; its data are no longer here.",
    )


class RoleNotServed(LoginError):
    """The account's role has no diary, for example a teacher's."""

    code = "auth.role_not_served"
    text = Text(
        "Это учётная запись сотрудника: дневник открывают ученик и родители.",
        "This is a staff account: diaries are opened by students and guardians.",
    )


class ClientRejected(LoginError):
    """The provider does not accept the application's own keys."""

    code = "auth.client_rejected"
    actor = Actor.OPERATOR
    text = Text(
        "Дневник не принял ключ приложения. Сообщите тому, кто обслуживает сервис.",
        "The diary rejected the application's key. Tell whoever runs the service.",
    )


class SignInCancelled(LoginError):
    """The person closed the page or refused at the provider."""

    code = "auth.cancelled"
    text = Text("Вход отменён.", "Signing in was cancelled.")


class ConsentRefused(LoginError):
    """A consent without which the provider gives nothing was refused."""

    code = "auth.consent_refused"
    text = Text(
        "Без этого согласия дневник не открывается.",
        "The diary does not open without this consent.",
    )


class ApprovalExpired(LoginError):
    """Nobody approved the sign-in in time."""

    code = "auth.approval_expired"
    text = Text("Подтверждение не пришло вовремя.", "The approval did not come in time.")


class ApprovalRejected(LoginError):
    """The sign-in was rejected on the other device."""

    code = "auth.approval_rejected"
    text = Text("Вход отклонён на другом устройстве.", "The sign-in was rejected elsewhere.")


class TokenRejected(LoginError):
    """A pasted token or cookie does not open the diary."""

    code = "auth.token_rejected"
    text = Text(
        "Этот ключ доступа не подходит или устарел. Войдите на сайте и скопируйте новый.",
        "This token does not work or is too old. Sign in at the site and copy a new one.",
    )


class MethodNotOffered(LoginError):
    """The provider, instance or role has no such login method."""

    code = "auth.method_not_offered"
    text = Text("Такого способа входа здесь нет.", "There is no such way to sign in here.")


class InviteCodeUnknown(LoginError):
    """The invite code does not exist."""

    code = "auth.invite_unknown"
    text = Text(
        "Пригласительный код не найден. Проверьте его или возьмите новый в школе.",
        "The invite code was not found. Check it or get a new one at school.",
    )


class InviteCodeUsed(LoginError):
    """The invite code has been used."""

    code = "auth.invite_used"
    text = Text(
        "Пригласительный код уже использован. Возьмите новый в школе.",
        "The invite code has been used. Get a new one at school.",
    )


class InviteCodeExpired(LoginError):
    """The invite code is too old."""

    code = "auth.invite_expired"
    text = Text(
        "Срок пригласительного кода истёк. Возьмите новый в школе.",
        "The invite code has expired. Get a new one at school.",
    )


class LoginTaken(LoginError):
    """Somebody has this login already."""

    code = "auth.login_taken"
    text = Text("Такой логин уже занят. Выберите другой.", "This login is taken. Choose another.")


class EmailRejected(LoginError):
    """The e-mail address is malformed or not accepted."""

    code = "auth.email_rejected"
    text = Text("Проверьте адрес e-mail.", "Check the e-mail address.")


class EmailNotConfirmed(LoginError):
    """The confirmation letter has not been answered."""

    code = "auth.email_not_confirmed"
    text = Text(
        "Адрес не подтверждён: откройте ссылку из письма.",
        "The address is not confirmed: open the link in the letter.",
    )


class AlreadyRegistered(LoginError):
    """The person's data are registered already."""

    code = "auth.already_registered"
    text = Text(
        "Такие данные уже зарегистрированы. Восстановите доступ вместо новой регистрации.",
        "These data are registered already. Recover access instead of registering again.",
    )


class FlowError(LoginError):
    """A login flow was driven in a way it does not allow."""

    code = "flow.illegal"
    text = Text("Этот шаг входа сейчас невозможен.", "This sign-in step is not possible now.")


class IllegalAnswer(FlowError):
    """The answer does not fit the step."""

    code = "flow.illegal_answer"


class FlowNotFound(FlowError):
    """The flow does not exist, has ended, or its state was damaged."""

    code = "flow.not_found"
    text = Text("Вход уже завершён или не начинался.", "This sign-in has ended or never began.")


class FlowExpired(FlowError):
    """The flow is too old to go on."""

    code = "flow.expired"
    text = Text("Вход занял слишком много времени. Начните заново.", "Start signing in again.")


class ForgedState(FlowError):
    """The returned `state` is not the one that was sent."""

    code = "flow.forged_state"
    text = Text(
        "Ответ входа не от этого запроса. Начните заново.",
        "This sign-in answer belongs to another request. Start again.",
    )


class ReplayedState(FlowError):
    """The returned `state` or code was used before."""

    code = "flow.replayed"
    text = Text("Этот ответ входа уже использован.", "This sign-in answer was used already.")
