"""When raw queries are taken: as the setting says, or else on the loopback only."""

import pytest

from api.settings import Settings, SettingsError


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LocalHost"])
def test_on_the_loopback_raw_queries_are_taken_unless_refused(host: str) -> None:
    assert Settings.of(host=host).takes_raw
    assert not Settings.of(host=host, raw=False).takes_raw


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "graph.example.org", "localhost.example.org", ""])
def test_elsewhere_raw_queries_are_taken_only_when_allowed(host: str) -> None:
    assert not Settings.of(host=host).takes_raw
    assert Settings.of(host=host, raw=True).takes_raw


def test_the_environment_may_say_it_and_a_flag_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEGRAPH_RAW", "false")
    assert not Settings.of(host="127.0.0.1").takes_raw
    assert Settings.of(host="127.0.0.1", raw=True).takes_raw


def test_what_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEGRAPH_RAW", "perhaps")
    with pytest.raises(SettingsError, match="raw"):
        Settings.of()
