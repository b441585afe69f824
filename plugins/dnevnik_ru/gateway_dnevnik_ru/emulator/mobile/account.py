"""The signed-in account in the app's interface: context, subscription, avatar, uploads."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.mobile.envelope import ACTIVE, MobileRoutes, subscription
from gateway_dnevnik_ru.emulator.mobile.parts import avatar, period_json, student_and_group
from gateway_dnevnik_ru.emulator.partner.files import keep_upload
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.people import SEX
from gateway_dnevnik_ru.emulator.wire.places import SCHOOL_TYPES, period_group_id

_PUSHES = (
    ("NewMark", "Новая оценка"),
    ("NewHomework", "Новое домашнее задание"),
    ("ScheduleChange", "Изменение расписания"),
    ("NewPost", "Новое объявление"),
)


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = MobileRoutes(router)
    routes.get("users/{user}/context", context, cached=True)
    routes.get("users/{user}/subscription/info", subscription_info)
    routes.get("users/{user}/avatar", user_avatar)
    routes.post("users/{user}/avatars", upload_avatar)
    routes.get("users/{user}/pushNotifications/settings", push_settings)
    routes.post("subscriptions/google/validate", validate_payment)
    routes.post("persons/{person}/groups/{group}/lessons/{lesson}/file", upload)
    routes.post("persons/{person}/groups/{group}/lessons/{lesson}/files/{file}/delete", delete)
    routes.get("persons/{person}/groups/{group}/lessons/{lesson}/files/{file}/delete", delete)


def own_user(call: Call) -> tuple[m.Person, m.Account]:
    """The caller, who alone may ask such things about themselves."""
    someone, account = call.access.any_user(call.params["user"])
    if account is None or account.key != call.access.account.key:
        raise ApiError("systemForbidden")
    return someone, account


def names_json(call: Call, someone: m.Person, user: int) -> JsonObject:
    """A human as this interface shows them."""
    return {
        "sex": SEX[someone.sex],
        "userId": user,
        "personId": call.service.ids.of(ids.PERSON, someone.key),
        "firstName": someone.given_name,
        "middleName": someone.patronymic or "",
        "lastName": someone.surname,
        "avatarUrl": avatar(call),
    }


def context(call: Call) -> object:
    """`users/{u}/context`: the account and, for every school of every child, one person."""
    someone, account = own_user(call)
    info = names_json(call, someone, call.service.ids.of(ids.USER, account.key))
    return {
        "info": info | {"currentCultureCode": call.site.family.culture},
        "contextPersons": [
            _person(call, student, place)
            for student in call.access.students
            for place in call.access.world.places_of(student.key)
        ],
        "experiments": None,
        "firebaseExperiments": [],
        "onboarding": None,
        "fullScreenBanner": None,
    }


def _person(call: Call, student: m.Student, place: m.Enrollment) -> JsonObject:
    service, world = call.service, call.access.world
    someone = world.person(student.person_key)
    klass = world.class_group(place.class_key)
    school = world.school(place.school_key)
    periods = world.periods_of_school(school.key)
    number = service.ids.of(ids.SCHOOL, school.key)
    return names_json(call, someone, service.ids.user_of(someone.key)) | {
        "schoolId": number,
        "school": {
            "id": number,
            "name": school.short_name,
            "type": SCHOOL_TYPES[school.kind],
            "avatarUrl": avatar(call),
            "radius": None,
            "latitude": None,
            "longitude": None,
        },
        "group": {"id": service.ids.of(ids.GROUP, klass.key), "name": klass.name},
        "reportingPeriodGroup": {
            "id": period_group_id(service, klass),
            "type": school.period_kind.value.capitalize(),
            "periods": [period_json(call, period) for period in periods],
        },
    }


def subscription_info(call: Call) -> object:
    """`users/{u}/subscription/info`."""
    someone, account = own_user(call)
    products = {"monthly": "demo.monthly", "yearly": "demo.yearly"}
    return {
        "userInfo": {
            "userId": call.service.ids.of(ids.USER, account.key),
            "firstName": someone.given_name,
            "middleName": someone.patronymic or "",
            "lastName": someone.surname,
            "status": subscription(account),
            "expirationDate": None,
            "subscriptionType": "Monthly" if subscription(account) == ACTIVE else None,
            "subscriptionState": {
                "isBlocked": False,
                "isTrial": False,
                "isCancelled": False,
                "trialAlreadyUsed": False,
                "isProcessing": False,
            },
            "isAutoRenew": False,
            "appleSubscriptionState": None,
            "googleSubscriptionState": None,
        },
        "familyInfo": None,
        "availableAppleProducts": products,
        "availableGoogleProducts": products,
        "isSimpleLabels": False,
    }


def user_avatar(call: Call) -> object:
    """`users/{u}/avatar`."""
    _, account = own_user(call)
    number = call.service.ids.of(ids.USER, account.key)
    return {"avatar": {"userId": number, "url": avatar(call)}}


def upload_avatar(call: Call) -> object:
    """POST `users/{u}/avatars` multipart."""
    own_user(call)
    return {"taskId": keep_upload(call)}


def push_settings(call: Call) -> object:
    """`users/{u}/pushNotifications/settings`."""
    own_user(call)
    return {
        "settings": [{"pushType": word, "name": name, "isEnabled": True} for word, name in _PUSHES]
    }


def validate_payment(call: Call) -> object:
    """POST `subscriptions/google/validate`: nothing is sold here."""
    call.need_token()
    raise ApiError("parameterInvalid", "Nothing is sold in the sandbox")


def upload(call: Call) -> object:
    """POST `…/lessons/{l}/file` multipart: a pupil's own file."""
    student_and_group(call)
    call.access.lesson(call.params["lesson"])
    return {"taskId": keep_upload(call)}


def delete(call: Call) -> object:
    """`…/files/{f}/delete`: takes an own file back, by its number or that of its task."""
    student_and_group(call)
    call.access.lesson(call.params["lesson"])
    service = call.service
    for key in service.state.uploads:
        numbers = (service.ids.of(kind, key) for kind in (ids.TASK, ids.FILE))
        if call.params["file"] in map(str, numbers):
            del service.state.uploads[key]
            return {}
    raise invalid("file")
