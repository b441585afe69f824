"""What the plugin says of «Маяк»; importing it loads neither adapter nor emulator."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.capability import (
    Capability,
    SupportInfo,
    native,
    unsupported,
    unverified,
)
from gateway.core.contract.declaration import (
    Certainty,
    Declaration,
    Instance,
    Limits,
    LoginMethod,
    Quality,
    Renewal,
)
from gateway.core.errors import Text

_LONGEST: Final = 31
"""Days of one answer (protocol notes 3.2)."""


def _never(model: str, *fields: str) -> frozenset[str]:
    """Fields of a model that the service never tells."""
    return frozenset(f"{model}.{field}" for field in fields)


_LESSON: Final = _never(
    *("Lesson", "replaced_teachers", "group", "building", "floor", "kind", "kind_text"),
    *("moved_from", "is_remote", "join_url", "comment", "attachments"),
)
_HOMEWORK: Final = _never(
    *("Homework", "html", "assigned_lesson_id", "is_mandatory", "is_individual", "submission"),
    *("submission_text", "is_submission_required", "duration", "edited_at", "comment"),
) | _never("Attachment", "kind_text", "uploaded_at")
_MARK: Final = _never("Mark", "status_text", "replaces", "criteria", "history") | _never(
    "Assignment", "id", "category_short", "is_important"
)
_ATTENDANCE: Final = _never("AttendanceRecord", "comment", "recorded_at")
_STUDENT: Final = _never("Student", "email", "phone", "scale", "also_in")
_WEEK: Final = _never("DiaryDay", "kind", "kind_text", "remarks") | {"DiaryWeek.is_signed"}
_PERIOD: Final = _never("AcademicPeriod", "is_current", "days_missed")
_RESULT: Final = _never(
    "SubjectResult",
    *(
        "absences_by_reason",
        "computed_average",
        "computed_weighted_average",
        "trend",
        "trend_text",
        "rank",
    ),
)
_MESSAGE: Final = _never("Message", "folder_text", "thread_id", "html") | _never(
    "Attachment", "kind_text", "uploaded_at"
)

_ABSENT_PARTS: Final = unsupported("В «Маяке» такого раздела нет.", "«Маяк» has no such section.")

CAPABILITIES: Final[Mapping[Capability, SupportInfo]] = {
    **dict.fromkeys(Capability, _ABSENT_PARTS),
    Capability.STUDENTS: native(absent=_STUDENT),
    Capability.PERIODS: native(absent=_PERIOD),
    Capability.WEEK: native(absent=_LESSON | _HOMEWORK | _MARK | _ATTENDANCE | _WEEK),
    Capability.TIMETABLE: native(max_days=_LONGEST, absent=_LESSON),
    Capability.HOMEWORK: native(max_days=_LONGEST, absent=_HOMEWORK),
    Capability.MARKS: native(max_days=_LONGEST, absent=_MARK),
    Capability.ATTENDANCE: native(max_days=_LONGEST, absent=_ATTENDANCE),
    Capability.SUBJECT_RESULTS: native(absent=_RESULT),
    Capability.FINAL_GRADES: native(absent=_never("FinalGrade", "comment", "status_text")),
    Capability.MESSAGES: native(absent=_MESSAGE),
    Capability.MESSAGE: native(absent=_MESSAGE, side_effect=True),
    Capability.RECIPIENTS: native(),
    Capability.ATTACHMENTS: native(),
    Capability.SET_HOMEWORK_DONE: native(invalidates=frozenset({"list_homework", "get_week"})),
    Capability.SEND_MESSAGE: native(invalidates=frozenset({"list_messages"})),
    Capability.CLASS_RANKS: unverified(
        "Рейтинг на сайте есть, но его ответа ещё никто не видел.",
        "The site has a ranking, but nobody has seen its answer yet.",
    ),
    Capability.REPLY: unsupported(
        "«Маяк» не связывает письма в переписку: отправьте новое.",
        "«Маяк» does not join letters into threads: send a new one.",
    ),
}

LIGHTHOUSE: Final = Declaration(
    name="lighthouse",
    api=(1, 0),
    title=Text("Маяк", "Lighthouse"),
    platform="lighthouse",
    quality=Quality.SILVER,
    instances=(
        Instance(
            key="main",
            title=Text("Маяк", "Lighthouse"),
            hosts={"api": "https://api.mayak.example"},
            zone="Europe/Moscow",
            certainty=Certainty.DOCUMENTED,
        ),
    ),
    login_methods=(
        LoginMethod(name="password", title=Text("Логин и пароль", "Login and password")),
        LoginMethod(name="token", title=Text("Ключ с сайта", "Token from the site")),
    ),
    capabilities=CAPABILITIES,
    settings="gateway_lighthouse.settings:LighthouseSettings",
    adapter="gateway_lighthouse.adapter:LighthouseAdapter",
    emulator="gateway_lighthouse.emulator:LighthouseEmulator",
    limits=Limits(host_concurrency=4, rate=5.0),
    renewal=Renewal.ROTATING,
    secret_params=frozenset({"access_token", "refresh_token", "password", "code", "ticket"}),
)
