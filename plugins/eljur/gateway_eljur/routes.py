"""Every path that is asked; notes 2 and 4. Methods of the interface are paths of one segment."""

from typing import Final

API: Final = "api"
WEB: Final = "web"

_V3: Final = "/apiv3"

AUTH: Final = f"{_V3}/auth"
USERS_VENDORS: Final = f"{_V3}/getusersvendors"
RULES: Final = f"{_V3}/getrules"
SCHOOLS: Final = f"{_V3}/schools/mobileapp"
PROFILE: Final = f"{_V3}/getprofileuserinfo"
PERIODS: Final = f"{_V3}/getperiods"
DIARY: Final = f"{_V3}/getdiary"
SCHEDULE: Final = f"{_V3}/getschedule"
HOMEWORK: Final = f"{_V3}/gethomework"
MARKS: Final = f"{_V3}/getmarks"
FINALS: Final = f"{_V3}/getfinalassessments"
UPDATES: Final = f"{_V3}/getupdates"
MESSAGES: Final = f"{_V3}/getmessages"
MESSAGE: Final = f"{_V3}/getmessageinfo"
RECIPIENTS: Final = f"{_V3}/getmessagereceivers"
SEND: Final = f"{_V3}/sendmessage"
REPLY: Final = f"{_V3}/sendreplymessage"
NOTICES: Final = f"{_V3}/getboardnotices"
NOTICE: Final = f"{_V3}/getboardnoticeinfo"

ABSENCES: Final = "/journal-app/view.miss_report"
SIGN_IN: Final = "/ajaxauthorize"
RECOVER: Final = "/ajaxrecover"
ESIA: Final = "/journal-esia-region-action"
ESIA_SCHOOL: Final = "/journal-esia-action"
