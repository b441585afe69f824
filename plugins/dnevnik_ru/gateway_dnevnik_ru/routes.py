"""Every path that is asked, as a template; protocol notes 3 and 4.

A template stands in logs and metrics in place of the path, and tells an offline replay which
captured answer is meant.
"""

from datetime import date
from typing import Final
from urllib.parse import quote

from gateway.core.contract.link import Params

API: Final = "api"
LOGIN: Final = "login"
WEB: Final = "web"

CONTEXT: Final = "/v2/users/me/context"
RELATIVES: Final = "/v2/users/{user}/relatives"
CHILDREN_RELATIVES: Final = "/v2/users/me/childrenrelatives"
SCHOOL: Final = "/v2/schools/{school}"
SCHOOL_TEACHERS: Final = "/v2/schools/{school}/teachers"
SCHOOL_BELLS: Final = "/v2/schools/{school}/timetables"
WORK_TYPES: Final = "/v2/work-types/{school}"
GROUPS: Final = "/v2/persons/{person}/edu-groups"
ALL_GROUPS: Final = "/v2/persons/{person}/edu-groups/all"
GROUP_SUBJECTS: Final = "/v2/edu-groups/{group}/subjects"
GROUP_TEACHERS: Final = "/v2/edu-groups/{group}/teachers"
GROUP_PERSONS: Final = "/v2/edu-groups/{group}/persons"
GROUP_BELLS: Final = "/v2/edu-groups/{group}/timetables"
PERIODS: Final = "/v2/edu-groups/{group}/reporting-periods"
PERIOD_GROUP: Final = "/v2/edu-groups/{group}/reporting-period-group"
SCHEDULES: Final = "/v2/persons/{person}/groups/{group}/schedules"
LESSON: Final = "/v2/lessons/{lesson}"
LESSONS: Final = "/v2/lessons/many"
HOMEWORKS: Final = "/v2/persons/{person}/school/{school}/homeworks"
WORK: Final = "/v2/works/{work}"
WORKS: Final = "/v2/works/many"
MARKS: Final = "/v2/persons/{person}/schools/{school}/marks/{start}/{end}"
SUBJECT_MARKS: Final = "/v2/persons/{person}/subjects/{subject}/marks/{start}/{end}"
MARK: Final = "/v2/marks/{mark}"
HISTOGRAM: Final = "/v2/works/{work}/marks/histogram"
AVERAGES: Final = "/v2/edu-groups/{group}/reporting-periods/{period}/avg-marks/{day}"
WEIGHTED_AVERAGES: Final = "/v2/edu-groups/{group}/wa-marks/{start}/{end}"
FINAL_MARKS: Final = "/v2/persons/{person}/edu-groups/{group}/allfinalmarks"
LISTED_FINAL_MARKS: Final = "/v2/persons/{person}/edu-groups/{group}/final-marks"
LOG_ENTRIES: Final = "/v2/persons/{person}/lesson-log-entries"
FEED: Final = "/v2/users/me/feed"

APP_CONTEXT: Final = "/mobile/{version}/users/{user}/context"
APP_DIARY: Final = "/mobile/{version}/persons/{person}/schools/{school}/groups/{group}/diary"
APP_DIARY_10: Final = "/mobile/{version}/persons/{person}/groups/{group}/diary"
APP_LESSON: Final = (
    "/mobile/{version}/persons/{person}/groups/{group}/lessons/{lesson}/lessonDetails"
)
APP_LESSON_FILE: Final = "/mobile/{version}/persons/{person}/groups/{group}/lessons/{lesson}/file"
APP_MARK: Final = "/mobile/{version}/persons/{person}/groups/{group}/marks/{mark}/markDetails"
APP_PERIOD_MARKS: Final = (
    "/mobile/{version}/persons/{person}/groups/{group}/periods/{period}/periodMarks"
)
APP_FINAL_MARKS: Final = "/mobile/{version}/persons/{person}/groups/{group}/finalMarks"
APP_RATING: Final = "/mobile/{version}/persons/{person}/groups/{group}/rating"
APP_IMPORTANT: Final = "/mobile/{version}/persons/{person}/groups/{group}/important"
APP_POSTS: Final = "/mobile/{version}/persons/{person}/schools/{school}/notifications"

WEB_POSTS: Final = "/api/posts/topic/{topic}"
FILE: Final = "/files/{file}"


def fill(template: str, **keys: str | int | date) -> str:
    """The path of a template, its parts percent-encoded."""
    return template.format(**{name: quote(str(value), safe="") for name, value in keys.items()})


def whole_days(start: date, end: date) -> Params:
    """The query of a range that includes both days."""
    return {"startDate": f"{start}T00:00:00", "endDate": f"{end}T23:59:59"}
