"""Routes that are known by name only: empty, so that nobody learns invented fields (notes 4.4)."""

from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import invalid
from gateway_gosuslugi.emulator.myschool.people import BASE
from gateway_gosuslugi.emulator.myschool.records.values import number
from gateway_gosuslugi.emulator.rules import SIGNED_IN, Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(f"{BASE}/dsp/v1/achievements", achievements, dress=SIGNED_IN, methods=("POST",))
    router.add("api/lk/v1/feeds", feeds, dress=SIGNED_IN)
    router.add(f"{BASE}/v1/homework", homework_done, dress=SIGNED_IN, methods=("POST",))


def achievements(call: Call) -> object:
    """POST `dsp/v1/achievements`."""
    if not isinstance(call.json, list):
        raise invalid("queries")
    return []


def feeds(_: Call) -> object:
    """GET `/api/lk/v1/feeds/`."""
    return {}


def homework_done(call: Call) -> object:
    """POST `v1/homework`: ticks what the entries name."""
    table = call.table()
    student = call.access.student(str(table.get("student_id")))
    entries = table.get("homeworks")
    if not isinstance(entries, list) or not entries:
        raise invalid("homeworks")
    service = call.service
    own = {
        number("homework", item.key): item.key for item in service.world.homework_of(student.key)
    }
    for entry in entries:
        key = own.get(str(entry.get("homeworks_id"))) if isinstance(entry, dict) else None
        if key is None or not isinstance(entry.get("is_done"), bool):
            raise invalid("homeworks")
        service.state.set_done(student.key, key, entry["is_done"])
    return {}
