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
