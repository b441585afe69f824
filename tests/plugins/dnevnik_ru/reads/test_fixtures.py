from tests.plugins.dnevnik_ru.support import cases
from tests.plugins.fixture_checks import FixtureChecks


class TestFixtures(FixtureChecks):
    cases = tuple(cases())
