"""Every path that is asked, as a template; protocol notes 1 and 4.

A template stands in logs and metrics in place of the path, and tells an offline replay which
captured answer is meant. The site's interface (`family/web`) is asked wherever it has the thing:
it needs the fewest headers and has been the most stable.
"""

from datetime import date
from typing import Final
from urllib.parse import quote

API: Final = "api"
DIARY: Final = "diary"
LOGIN: Final = "login"

_WEB: Final = "/api/family/web/v1"
_MOBILE: Final = "/api/family/mobile/v1"
_CORE: Final = "/api/ej/core/family/v1"
_PORTFOLIO: Final = "/portfolio/app"
_SIGN_IN: Final = "/v3/auth/"

PROFILE: Final = f"{_WEB}/profile"
SCHOOL: Final = f"{_WEB}/school_info"
SUBJECTS: Final = f"{_WEB}/subjects/list"
CURRICULUM: Final = f"{_WEB}/programs/parallel_curriculum/{{curriculum}}"
ACADEMIC_YEARS: Final = f"{_CORE}/academic_years"
PERIODS: Final = f"{_CORE}/periods_schedules"
DAY_TYPES: Final = f"{_MOBILE}/periods_schedules"
EVENTS: Final = "/api/eventcalendar/v1/api/events"
SCHEDULE: Final = f"{_WEB}/schedule"
LESSON: Final = f"{_WEB}/lesson_schedule_items/{{lesson}}"
HOMEWORKS: Final = f"{_WEB}/homeworks"
HOMEWORK_DONE: Final = f"{_WEB}/homeworks/{{homework}}/done"
HOMEWORK_LAUNCH: Final = "/api/ej/partners/v1/homeworks/launch"
MARKS: Final = f"{_WEB}/marks"
MARK: Final = f"{_MOBILE}/marks/{{mark}}"
SUBJECT_MARKS: Final = f"{_WEB}/subject_marks"
FINAL_MARKS: Final = f"{_WEB}/final_marks/v2"
PROGRESS: Final = "/api/ej/report/family/v1/progress/json"
DEBTS: Final = f"{_CORE}/academic_debts"
ATTENDANCE: Final = f"{_WEB}/attendance"
ABSENCE_REASONS: Final = f"{_CORE}/nonattendance_reasons"
ABSENCE_NOTICE: Final = f"{_MOBILE}/attendance/v2"
ABSENCE_NOTICES: Final = f"{_MOBILE}/attendance"
AWARE: Final = f"{_CORE}/aware_journals"
CLASS_RANK: Final = "/api/ej/rating/v1/rank/class"
SUBJECT_RANKS: Final = "/api/ej/rating/v1/rank/subjects"
NOTIFICATIONS: Final = f"{_MOBILE}/notifications/search"
FEED: Final = "/api/instantmessages/v1/feed"
NEWS: Final = "/api/news/v2/news/main/users"
NEWS_ITEM: Final = "/api/news/v2/news/{item}"
MEAL_BALANCE: Final = "/api/food/meals/v3/clients/balance"
MEAL_COMPLEXES: Final = "/api/food/meals/v3/menu/complexes"
MEAL_ORDERS: Final = "/api/food/meals/v3/orders"
MEAL_PAYMENTS: Final = "/api/food/meals/v3/transactions"
VISITS: Final = "/api/pass/entrances/v1/visit_durations"
PORTFOLIO_EVENTS: Final = f"{_PORTFOLIO}/persons/{{person}}/events/list"
PORTFOLIO_REWARDS: Final = f"{_PORTFOLIO}/persons/{{person}}/rewards/list"
PORTFOLIO_EXAMS: Final = f"{_PORTFOLIO}/persons/{{person}}/govexams/list"
TRUSTED_PERSONS: Final = "/api/passport/agents/v1/links"


def fill(template: str, **keys: str | int | date) -> str:
    """The path of a template, its parts percent-encoded."""
    return template.format(**{name: quote(str(value), safe="") for name, value in keys.items()})


def is_mobile(path: str) -> bool:
    """Whether a path belongs to the application's interface."""
    return path.startswith(_MOBILE)


def is_portfolio(path: str) -> bool:
    """Whether a path belongs to the portfolio."""
    return path.startswith(_PORTFOLIO)


def is_sign_in(path: str) -> bool:
    """Whether a path belongs to the diary's side of signing in."""
    return path.startswith(_SIGN_IN)
