"""Errors of applications for access to a diary, caught before or after filing."""

from gateway.core.errors.base import Actor, GatewayError, Text


class ApplicationRefused(GatewayError):
    """The application for access was refused."""

    code = "application.refused"
    actor = Actor.PERSON
    text = Text("В заявлении отказано.", "The application was refused.")


class ApplicantNotEntitled(ApplicationRefused):
    """The applicant is not a legal representative of the child."""

    code = "application.applicant_not_entitled"
    text = Text(
        "Заявление может подать только законный представитель ребёнка.",
        "Only a legal representative of the child may file the application.",
    )


class ChildNotInSchool(ApplicationRefused):
    """The child does not study in the named school."""

    code = "application.child_not_in_school"
    text = Text(
        "Ребёнок не числится в этой школе. Проверьте школу и класс.",
        "The child is not enrolled in this school. Check the school and the class.",
    )


class DocumentsRejected(ApplicationRefused):
    """Documents break the rules or contradict each other."""

    code = "application.documents_rejected"
    text = Text(
        "Документы не подошли или противоречат друг другу. Проверьте их и подайте снова.",
        "The documents do not meet the rules or contradict each other. Check and file again.",
    )


class NameMisspelt(ApplicationRefused):
    """A name differs from the documents."""

    code = "application.name_misspelt"
    text = Text(
        "Имя написано не так, как в документах. Исправьте и подайте снова.",
        "A name differs from the documents. Correct it and file again.",
    )


class FileFormatRejected(ApplicationRefused):
    """An attached file has a format that is not accepted."""

    code = "application.file_format"
    text = Text(
        "Файл такого формата не принимают. Приложите PDF или изображение.",
        "Files of this format are not accepted. Attach a PDF or an image.",
    )


class PhoneInvalid(ApplicationRefused):
    """A phone number lacks its country code or has a wrong length."""

    code = "application.phone_invalid"
    text = Text(
        "Укажите телефон с кодом страны, например +7 900 000-00-00.",
        "Give the phone with its country code, such as +7 900 000-00-00.",
    )


class ApplicationEmailInvalid(ApplicationRefused):
    """An e-mail address is malformed."""

    code = "application.email_invalid"
    text = Text(
        "Проверьте e-mail: в адресе должен быть знак @.",
        "Check the e-mail: the address must contain @.",
    )


class ConsentMissing(ApplicationRefused):
    """Consent to the processing of personal data was not given."""

    code = "application.consent_missing"
    text = Text(
        "Нужно согласие на обработку персональных данных.",
        "Consent to the processing of personal data is required.",
    )


class FiledTooLate(ApplicationRefused):
    """The application came too late in the school year."""

    code = "application.too_late"
    actor = Actor.SCHOOL
    text = Text(
        "Заявление подано слишком поздно в учебном году. Обратитесь в школу.",
        "The application came too late in the school year. Ask the school.",
    )


class ApplicationIncomplete(ApplicationRefused):
    """A required field is empty; the message names it."""

    code = "application.incomplete"
    text = Text(
        "Заявление не может быть подано: заполните указанное поле и повторите.",
        "The application cannot be filed: fill in the named field and repeat.",
    )


class SnilsInvalid(ApplicationRefused):
    """A СНИЛС has a wrong length or control number."""

    code = "application.snils_invalid"
    text = Text(
        "Проверьте СНИЛС: в номере 11 цифр, и последние две не сходятся с остальными.",
        "Check the СНИЛС: it has 11 digits, and the last two do not agree with the others.",
    )


class BirthCertificateInvalid(ApplicationRefused):
    """Series and number do not have the form of the chosen kind of birth certificate."""

    code = "application.birth_certificate_invalid"
    text = Text(
        "Проверьте свидетельство о рождении: вид документа, серию и номер.",
        "Check the birth certificate: the kind of document, its series and number.",
    )


class ApplicationDateInvalid(ApplicationRefused):
    """A date is malformed, in the future, or contradicts another one."""

    code = "application.date_invalid"
    text = Text(
        "Проверьте даты: они указываются как 2030-09-01 и не могут быть в будущем.",
        "Check the dates: they are written as 2030-09-01 and cannot lie in the future.",
    )


class AgeNotFitting(ApplicationRefused):
    """The age of child or applicant does not fit this way of applying."""

    code = "application.age_not_fitting"
    text = Text(
        "До 14 лет заявление подаёт родитель или опекун, с 14 лет ученик может подать его сам.",
        "Under 14 a parent or guardian applies; from 14 the pupil may apply in person.",
    )


class WrongService(ApplicationRefused):
    """The region's diary is another system, to which this service gives no access."""

    code = "application.wrong_service"
    text = Text(
        "В этом регионе другой электронный дневник: доступ к нему даёт школа или его сайт.",
        "This region has another e-diary: the school or its own site gives access to it.",
    )


class SchoolElsewhere(ApplicationRefused):
    """The school is not in the region that was named."""

    code = "application.school_elsewhere"
    text = Text(
        "Школа находится не в том регионе, который указан. Проверьте регион и школу.",
        "The school is not in the region that was named. Check the region and the school.",
    )


class ApplicationFileTooLarge(ApplicationRefused):
    """An attached file, or all of them together, is larger than accepted, or empty."""

    code = "application.file_size"
    text = Text(
        "Файл пуст или слишком велик. Приложите файл меньшего размера.",
        "The file is empty or too large. Attach a smaller one.",
    )


class TooManyApplications(ApplicationRefused):
    """So many applications were filed for this person that no more are taken for a while."""

    code = "application.too_many"
    retryable = True
    text = Text(
        "Подано слишком много заявлений подряд. Подождите десять минут и повторите.",
        "Too many applications in a row. Wait ten minutes and repeat.",
    )


class CancellationRefused(ApplicationRefused):
    """The application cannot be withdrawn in its present state."""

    code = "application.not_cancellable"
    text = Text(
        "Это заявление сейчас отозвать нельзя: дождитесь следующего статуса.",
        "The application cannot be withdrawn now: wait for its next state.",
    )


class FilingNotPermitted(ApplicationRefused):
    """The system that files is not admitted to the service, or lacks a power of attorney."""

    code = "application.filing_not_permitted"
    actor = Actor.OPERATOR
    text = Text(
        "Сервису не разрешено подавать такое заявление. Сообщите тому, кто его обслуживает.",
        "The service may not file this application. Tell whoever runs it.",
    )
