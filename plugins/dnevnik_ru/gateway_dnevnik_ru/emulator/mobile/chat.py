"""The way into the chat: hosts, credentials, contacts; messages themselves travel over XMPP."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import doors
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.mobile.envelope import MobileRoutes
from gateway_dnevnik_ru.emulator.mobile.lesson import jid
from gateway_dnevnik_ru.emulator.mobile.parts import avatar
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.people import SEX


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = MobileRoutes(router)
    routes.get("chat/context", context)
    routes.get("chat/credentials", credentials)
    routes.post("chat/credentials", credentials)
    routes.get("chat/closecontacts", close_contacts)
    routes.get("chat/contactlist", contact_list)
    routes.post("chat/contacts/enrich", enrich)


def context(call: Call) -> object:
    """`chat/context`: hosts that nothing listens on."""
    call.need_token()
    domain = call.site.family.domain
    return {
        "mongooseWSHost": f"wss://xmpp.{domain}/ws-xmpp",
        "mongooseBoshHost": f"https://xmpp.{domain}/http-bind",
        "mongooseTCPHost": f"xmpp.{domain}",
        "multiUserChatHost": f"muclight.xmpp.{domain}",
    }


def credentials(call: Call) -> object:
    """`chat/credentials`."""
    person = call.access.person
    token = doors.derive("chat", call.service.provider, call.access.account.key)
    return {"jid": jid(call, person.key), "token": token, "attachmentHosts": [call.site.web]}


def contact_json(call: Call, person: m.Person, *, close: bool) -> JsonObject:
    """A contact."""
    world = call.access.world
    teacher = world.teacher_of(person.key)
    klass = teacher.homeroom_class_key if teacher else None
    return {
        "jid": jid(call, person.key),
        "name": person.full_name,
        "shortName": person.short_name,
        "avatar": avatar(call),
        "classTeacher": world.class_group(klass).name if klass else None,
        "type": "User",
        "sex": SEX[person.sex],
        "isCloseContact": close,
        "irrelevant": False,
    }


def _teachers(call: Call) -> list[m.Person]:
    world = call.access.world
    classes = [klass for each in call.access.students for klass in world.classes_of(each.key)]
    heads = dict.fromkeys(klass.homeroom_teacher_key for klass in classes)
    return [world.person(world.teacher(key).person_key) for key in heads]


def close_contacts(call: Call) -> object:
    """`chat/closecontacts`: the class teachers."""
    return {"contacts": [contact_json(call, each, close=True) for each in _teachers(call)]}


def contact_list(call: Call) -> object:
    """`chat/contactlist?fromJid`: all teachers of the classes."""
    world = call.access.world
    keys = dict.fromkeys(
        item.teacher_key
        for each in call.access.students
        for klass in world.classes_of(each.key)
        for item in world.curriculum_of(klass.key)
    )
    people = [world.person(world.teacher(key).person_key) for key in keys]
    close = {each.key for each in _teachers(call)}
    return {"contacts": [contact_json(call, each, close=each.key in close) for each in people]}


def enrich(call: Call) -> object:
    """POST `chat/contacts/enrich` `{jids[]}`: names for addresses."""
    wanted = set(call.many("jids"))
    world = call.access.world
    known = [person for person in world.persons if call.access.knows(person.key)]
    people = [person for person in known if jid(call, person.key) in wanted]
    return {"jidList": [contact_json(call, each, close=False) for each in people]}
