from tests.plugins.eljur.support import cases
from tests.plugins.fixture_checks import FixtureChecks


class TestFixtures(FixtureChecks):
    cases = tuple(cases())
