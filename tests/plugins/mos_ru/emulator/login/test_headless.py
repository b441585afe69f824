from datetime import timedelta

import pytest

from tests.plugins.mos_ru.emulator.login.support import (
    BACK,
    SCOPE,
    Service,
    activate,
    code_of,
    errors_of,
    mobile_token,
    opens,
    registered,
)

REGISTER = "/sps/oauth/register"
STATEMENT = {
    "software_id": "dnevnik.mos.ru",
    "device_type": "android_phone",
    "software_statement": "anything",
}


async def test_a_password_opens_the_diary_after_activation(moscow: Service) -> None:
    token = await mobile_token(moscow)
    assert await opens(moscow, token) == 403
    profiles = (await activate(moscow, token)).json()
    assert [item["type"] for item in profiles] == ["StudentProfile"]
    assert await opens(moscow, token) == 200


async def test_every_device_gets_its_own_secret(moscow: Service) -> None:
    first, second = await registered(moscow), await registered(moscow)
    assert first.client_id != second.client_id
    assert first.secret != second.secret


@pytest.mark.parametrize(
    "bearer, body, status",
    [
        ("", STATEMENT, 401),
        ("Bearer ", STATEMENT, 401),
        ("Basic abc", STATEMENT, 401),
        ("Bearer x", STATEMENT | {"software_statement": ""}, 400),
        ("Bearer x", STATEMENT | {"software_id": "other"}, 400),
        ("Bearer x", STATEMENT | {"device_type": ""}, 400),
        ("Bearer x", ["x"], 400),
    ],
)
async def test_a_registration_needs_a_bearer_and_its_fields(
    moscow: Service, bearer: str, body: object, status: int
) -> None:
    answer = await moscow.browser().post(REGISTER, json=body, headers={"Authorization": bearer})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "changed, error",
    [
        ({"client_id": "unknown"}, "unauthorized_client"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"redirect_uri": "https://foreign.example"}, "invalid_request"),
        ({"redirect_uri": "http://localhost.foreign.example"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
async def test_an_authorization_request_must_be_as_registered(
    moscow: Service, changed: dict[str, str], error: str
) -> None:
    device = await registered(moscow)
    answer = await device.browser.get(
        "/sps/oauth/ae", params=device.asked(display="script", **changed)
    )
    assert answer.status_code == 400
    assert answer.json()["error"] == error
    page = await device.browser.get("/sps/oauth/ae", params=device.asked(**changed))
    assert page.status_code == 400
    assert error in page.text


@pytest.mark.parametrize(
    "back", ["http://localhost", "http://localhost:8123/callback", "https://dnevnik.mos.ru/sudir"]
)
async def test_other_registered_addresses_are_returned_to(moscow: Service, back: str) -> None:
    device = await registered(moscow)
    await device.browser.get("/sps/oauth/ae", params=device.asked(redirect_uri=back, state="s&1"))
    account = moscow.account("student")
    answer = await device.browser.post(
        "/sps/login/methods/password",
        data={"login": account.login, "password": account.password},
    )
    assert answer.headers["location"].endswith("&state=s%261")
    code = code_of(answer, back)
    assert (await device.exchange(code)).json() == {"error": "invalid_grant"}  # another address


async def test_a_scope_with_plus_signs_is_understood(moscow: Service) -> None:
    device = await registered(moscow)
    url = f"/sps/oauth/ae?display=script&scope={SCOPE.replace(' ', '%2B')}"
    for name, value in device.asked().items():
        if name != "scope":
            url += f"&{name}={value.replace('://', '%3A%2F%2F')}"
    assert (await device.browser.get(url)).status_code == 200


@pytest.mark.parametrize("stamp", ["", "1:8:260212120000:x::y:0", "nonsense"])
async def test_a_password_without_its_proof_of_work_is_not_looked_at(
    moscow: Service, stamp: str
) -> None:
    device = await registered(moscow)
    answer = await device.password(moscow.account("student"), proofOfWork=stamp)
    assert errors_of(answer) == ["invalid_proof_of_work"]


async def test_a_proof_of_work_is_good_for_one_password(moscow: Service) -> None:
    device, account = await registered(moscow), moscow.account("student")
    stamp = await device.proof()
    url = "/sps/login/methods/headless/password"
    body = {"login": account.login, "password": "wrong", "proofOfWork": stamp}
    assert errors_of(await device.browser.post(url, json=body)) == ["invalid_credentials"]
    body["password"] = account.password
    assert errors_of(await device.browser.post(url, json=body)) == ["invalid_proof_of_work"]
    assert code_of(await device.password(account))


async def test_refusals_say_why(moscow: Service) -> None:
    device, account = await registered(moscow), moscow.account("student")
    assert errors_of(await device.password(account, login="nobody")) == ["no_subject_found"]
    locked = await device.password(moscow.account("locked"))
    assert errors_of(locked) == ["pswd_method_temp_locked"]
    for _ in range(5):
        refused = await device.password(account, password="wrong")
        assert errors_of(refused) == ["invalid_credentials"]
    assert errors_of(await device.password(account)) == ["pswd_method_temp_locked"]


async def test_no_password_without_a_sign_in(moscow: Service) -> None:
    answer = await moscow.browser().post("/sps/login/methods/headless/password", json={})
    assert errors_of(answer) == ["no_login_process"]
    device = await registered(moscow)
    assert errors_of(await device.bind()) == ["no_login_process"]
    await device.proof()
    assert errors_of(await device.bind("123456")) == ["no_login_process"]


@pytest.mark.parametrize(
    "slug, inquiry",
    [
        ("captcha", "captcha"),
        ("consent", "go_to_web"),
        ("temporary-password", "change_password"),
    ],
)
async def test_what_only_pages_can_settle_is_asked_by_its_name(
    moscow: Service, slug: str, inquiry: str
) -> None:
    answer = await (await registered(moscow)).password(moscow.account(slug))
    assert answer.json() == {"inquire": "choose_one", "items": [{"inquire": inquiry}]}


async def test_a_code_by_sms_is_the_second_factor(moscow: Service) -> None:
    device, account = await registered(moscow), moscow.account("second-factor")
    first = (await device.password(account)).json()
    assert first == {"inquire": "choose_one", "items": [{"inquire": "ask_to_send_sms"}]}
    assert errors_of(await device.bind(account.code)) == ["expired"]  # none was sent
    sent = (await device.bind()).json()
    assert sent["inquire"] == "enter_sms_code"
    assert (sent["ttl"], sent["remain_attempts"]) == (300, 3)
    phone = moscow.world.person(moscow.world.account(account.key).person_key).phone or ""
    assert sent["contact"] == f"{phone[1:5]}*****{phone[-2:]}"
    assert errors_of(await device.bind("111111")) == ["invalid_otp"]
    assert errors_of(await device.bind(account.expired_code)) == ["expired"]
    assert code_of(await device.bind(account.code))


async def test_a_code_ends_by_time_and_can_be_sent_again(moscow: Service) -> None:
    device, account = await registered(moscow), moscow.account("second-factor")
    await device.password(account)
    await device.bind()
    moscow.clock.pass_(timedelta(seconds=301))
    assert errors_of(await device.bind(account.code)) == ["expired"]
    assert (await device.bind()).json()["ttl"] == 300
    assert code_of(await device.bind(account.code))


async def test_three_wrong_codes_are_the_end(moscow: Service) -> None:
    device, account = await registered(moscow), moscow.account("second-factor")
    await device.password(account)
    await device.bind()
    words = [errors_of(await device.bind("111111")) for _ in range(3)]
    assert words == [["invalid_otp"], ["invalid_otp"], ["no_attempts"]]
    assert errors_of(await device.bind(account.code)) == ["no_attempts"]
    assert errors_of(await device.bind()) == ["no_attempts"]


async def test_a_browser_may_be_trusted_and_is_then_not_asked_again(moscow: Service) -> None:
    device, account = await registered(moscow), moscow.account("linking-offer")
    await device.password(account)
    await device.bind()
    page = await device.bind(account.code)
    assert page.status_code == 200
    assert "<title>Доверять этому браузеру?</title>" in page.text
    trusted = await device.browser.post("/sps/login/ur/askToTrust", data={"trust": "true"})
    assert code_of(trusted)
    assert code_of(await device.password(account))


@pytest.mark.parametrize("with_get", [False, True])
async def test_a_browser_that_is_not_trusted_is_asked_again(
    moscow: Service, with_get: bool
) -> None:
    device, account = await registered(moscow), moscow.account("linking-offer")
    await device.password(account)
    await device.bind()
    await device.bind(account.code)
    url = "/sps/login/ur/askToTrust"
    unclear = await device.browser.post(url, data={"action": "maybe"})
    assert unclear.status_code == 200
    if with_get:
        answer = await device.browser.get(url)
    else:
        answer = await device.browser.post(url, data={"action": "do_not_trust"})
    assert code_of(answer)
    again = (await device.password(account)).json()
    assert again["items"] == [{"inquire": "ask_to_send_sms"}]


async def test_the_state_is_returned_only_if_it_was_sent(moscow: Service) -> None:
    device = await registered(moscow)
    answer = await device.password(moscow.account("student"))
    assert answer.headers["location"] == f"{BACK}?code={code_of(answer)}"


async def test_other_installations_have_no_such_pages(oblast: Service) -> None:
    answer = await oblast.browser().post(
        REGISTER, json=STATEMENT, headers={"Authorization": "Bearer x"}
    )
    assert answer.status_code == 404
