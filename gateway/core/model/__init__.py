"""The one diary model: a file per part of school life.

Frozen pydantic models; collections are tuples; `None` means that there is none or that the
provider never tells it, `NOT_LOADED` that another request would tell.
"""

from gateway.core.model.answer import (
    Answer,
    DateRange,
    Issue,
    RawBody,
)
from gateway.core.model.attachments import (
    Attachment,
    AttachmentKind,
)
from gateway.core.model.attendance import (
    AbsenceNotice,
    AbsenceNoticeState,
    AttendanceRecord,
    AttendanceStatus,
)
from gateway.core.model.base import (
    MODEL_VERSION,
    NOT_LOADED,
    SCHEMA,
    Loadable,
    Model,
    NotLoaded,
    Reference,
)
from gateway.core.model.calendar import (
    AcademicPeriod,
    Bell,
    BellSchedule,
    CalendarSpan,
    DayKind,
    DayRegime,
    PeriodKind,
    RegimeItem,
    RegimeKind,
    SchoolYear,
)
from gateway.core.model.diary import (
    DiaryDay,
    DiaryWeek,
)
from gateway.core.model.grades import (
    ClassRank,
    FinalGrade,
    FinalGradeKind,
)
from gateway.core.model.grading import (
    GradingScale,
)
from gateway.core.model.homework import (
    Homework,
    SubmissionStatus,
)
from gateway.core.model.lessons import (
    Lesson,
    LessonKind,
    LessonStatus,
)
from gateway.core.model.life import (
    Application,
    ApplicationState,
    ApplicationStep,
    BagWeight,
    CurriculumItem,
    EntryDirection,
    EntryEvent,
    EventStatus,
    Meal,
    MealAccount,
    MealKind,
    MealPayment,
    MealPaymentKind,
    PortfolioItem,
    SchoolEvent,
)
from gateway.core.model.marks import (
    Assignment,
    CriterionMark,
    Mark,
    MarkChange,
    MarkDetails,
    MarkShare,
    MarkStatus,
    SubjectResult,
    Trend,
    WorkKind,
)
from gateway.core.model.people import (
    Guardian,
    Person,
    Relation,
    Role,
    Sex,
    Student,
    Teacher,
    TrustedPerson,
    TrustedPersonState,
)
from gateway.core.model.remarks import (
    Remark,
    RemarkKind,
)
from gateway.core.model.schools import (
    ClassGroup,
    GroupKind,
    OrganizationKind,
    School,
    Subject,
    SubjectKind,
)
from gateway.core.model.talk import (
    Announcement,
    Message,
    MessageFolder,
    NewsItem,
    Notification,
    NotificationKind,
    Recipient,
)
from gateway.core.model.writes import (
    Receipt,
)

__all__ = [
    "MODEL_VERSION",
    "NOT_LOADED",
    "SCHEMA",
    "AbsenceNotice",
    "AbsenceNoticeState",
    "AcademicPeriod",
    "Announcement",
    "Answer",
    "Application",
    "ApplicationState",
    "ApplicationStep",
    "Assignment",
    "Attachment",
    "AttachmentKind",
    "AttendanceRecord",
    "AttendanceStatus",
    "BagWeight",
    "Bell",
    "BellSchedule",
    "CalendarSpan",
    "ClassGroup",
    "ClassRank",
    "CriterionMark",
    "CurriculumItem",
    "DateRange",
    "DayKind",
    "DayRegime",
    "DiaryDay",
    "DiaryWeek",
    "EntryDirection",
    "EntryEvent",
    "EventStatus",
    "FinalGrade",
    "FinalGradeKind",
    "GradingScale",
    "GroupKind",
    "Guardian",
    "Homework",
    "Issue",
    "Lesson",
    "LessonKind",
    "LessonStatus",
    "Loadable",
    "Mark",
    "MarkChange",
    "MarkDetails",
    "MarkShare",
    "MarkStatus",
    "Meal",
    "MealAccount",
    "MealKind",
    "MealPayment",
    "MealPaymentKind",
    "Message",
    "MessageFolder",
    "Model",
    "NewsItem",
    "NotLoaded",
    "Notification",
    "NotificationKind",
    "OrganizationKind",
    "PeriodKind",
    "Person",
    "PortfolioItem",
    "RawBody",
    "Receipt",
    "Recipient",
    "Reference",
    "RegimeItem",
    "RegimeKind",
    "Relation",
    "Remark",
    "RemarkKind",
    "Role",
    "School",
    "SchoolEvent",
    "SchoolYear",
    "Sex",
    "Student",
    "Subject",
    "SubjectKind",
    "SubjectResult",
    "SubmissionStatus",
    "Teacher",
    "Trend",
    "TrustedPerson",
    "TrustedPersonState",
    "WorkKind",
]
