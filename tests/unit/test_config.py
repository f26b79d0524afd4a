"""Settings: defaults, every fault at once, no secret in any of them, and the example file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.config import Settings, default_database_url, render_example
from bot.errors import SettingError

ELSEWHERE = {
    "ARXIV_API_URL": "http://127.0.0.1:8000/api/query",
    "ARXIV_RSS_URL": "http://127.0.0.1:8000",
    "ARXIV_OAI_URL": "http://127.0.0.1:8000/oai",
}


def test_settings_without_anything_set_have_the_defaults() -> None:
    settings = Settings.from_env({"XDG_DATA_HOME": "/data"})

    assert settings.discord_token == ""
    assert settings.discord_api_url is None
    assert settings.arxiv_api_url == "https://export.arxiv.org/api/query"
    assert settings.arxiv_rss_url == "https://rss.arxiv.org"
    assert settings.arxiv_oai_url == "https://oaipmh.arxiv.org/oai"
    assert settings.catch_up_days == 30
    assert settings.openalex_url == "https://api.openalex.org"
    assert settings.arxiv_min_interval_seconds == 3
    assert settings.harvest_interval_seconds == 1800
    assert settings.announce_interval_seconds == 15
    assert settings.harvest_categories == ()
    assert (settings.shard_ids, settings.shard_count) == ((), None)
    assert (settings.log_level, settings.log_format) == ("INFO", "text")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders are Linux's")
@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        pytest.param({"XDG_DATA_HOME": "/data"}, Path("/data"), id="named"),
        pytest.param({"XDG_DATA_HOME": "data"}, Path.home() / ".local/share", id="relative is invalid"),
        pytest.param({}, Path.home() / ".local/share", id="unset"),
    ],
)
def test_default_database_is_in_the_data_folder(environ: dict[str, str], folder: Path) -> None:
    assert default_database_url(environ) == f"sqlite+aiosqlite:///{folder}/hoopoe/hoopoe.db"


def test_settings_with_values_read_them() -> None:
    settings = Settings.from_env(
        {
            "DISCORD_TOKEN": " abc.def ",
            "DISCORD_API_URL": "http://127.0.0.1:9000/api/v10/",
            "DATABASE_URL": "sqlite+aiosqlite:////tmp/hoopoe.db",
            "HARVEST_CATEGORIES": "cs.cy, stat.ML,,cs.CY",
            "SHARD_COUNT": "4",
            "SHARD_IDS": "3,1",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
            "DEV_GUILD_ID": "123456789012345678",
            "HARVEST_INTERVAL_SECONDS": "1.5",
        }
    )

    assert settings.discord_token == "abc.def"
    assert settings.discord_api_url == "http://127.0.0.1:9000/api/v10"
    assert settings.database_url == "sqlite+aiosqlite:////tmp/hoopoe.db"
    assert settings.harvest_categories == ("cs.CY", "stat.ML")
    assert (settings.shard_ids, settings.shard_count) == ((1, 3), 4)
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert settings.dev_guild_id == 123456789012345678
    assert settings.harvest_interval_seconds == 1.5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_API_URL", "discord.com/api"),
        ("DISCORD_API_URL", "https://[half"),
        ("DATABASE_URL", "postgresql://localhost/hoopoe"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("DATABASE_URL", "sqlite+aiosqlite:///"),
        ("DATABASE_URL", "sqlite+aiosqlite:////"),
        ("CONTACT_EMAIL", "me"),
        ("CONTACT_EMAIL", "me@example.org\r\nX-Header: 1"),
        ("ARXIV_API_URL", "ftp://arxiv.org"),
        ("ARXIV_RSS_URL", "https://"),
        ("OPENALEX_URL", "https://api.openalex.org?mailto=x"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "0"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "-3"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "nan"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "inf"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "three"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "2.9"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "1e308"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "1_0"),
        ("ARXIV_MIN_INTERVAL_SECONDS", "٣"),
        ("HARVEST_INTERVAL_SECONDS", "0.5"),
        ("HARVEST_INTERVAL_SECONDS", "1e12"),
        ("ANNOUNCE_INTERVAL_SECONDS", "soon"),
        ("HARVEST_CATEGORIES", "cs.CY,quantum stuff"),
        ("SHARD_COUNT", "0"),
        ("SHARD_IDS", "0,x"),
        ("SHARD_IDS", "0"),
        ("DEV_GUILD_ID", "my server"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_wrong_setting_is_one_line_with_name_value_and_what_is_allowed(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_env({name: value})

    line = str(caught.value)
    assert line.startswith(f"{name} is ")
    assert value.split("\r")[0][:20] in line
    assert "; allowed: " in line
    assert len(line.splitlines()) == 1


def test_wrong_settings_are_told_all_at_once() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_env({"LOG_LEVEL": "loud", "SHARD_COUNT": "two", "ARXIV_MIN_INTERVAL_SECONDS": "1"})

    names = [line.split()[0] for line in str(caught.value).splitlines()]
    assert sorted(names) == ["ARXIV_MIN_INTERVAL_SECONDS", "LOG_LEVEL", "SHARD_COUNT"]


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("DISCORD_TOKEN", "abc def-very-secret", "very-secret"),
        ("OPENALEX_API_KEY", "key with very-secret", "very-secret"),
        ("DATABASE_URL", "postgresql://hoopoe:very-secret@localhost/hoopoe", "very-secret"),
        ("DATABASE_URL", "postgresql://[hoopoe:very-secret@localhost/hoopoe", "very-secret"),
        ("DATABASE_URL", "postgresql://hoopoe:very-secret/x@y@localhost/hoopoe", "very-secret"),
        ("DATABASE_URL", "postgresql://localhost/hoopoe?password=very-secret", "very-secret"),
        ("OPENALEX_URL", "https://me:very-secret@localhost/?key=very-secret", "very-secret"),
    ],
)
def test_wrong_setting_never_shows_a_secret(name: str, value: str, secret: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_env({name: value})

    assert name in str(caught.value)
    assert secret not in str(caught.value)


def test_settings_shown_for_debugging_hold_no_secret() -> None:
    settings = Settings.from_env({"DISCORD_TOKEN": "very-secret", "OPENALEX_API_KEY": "very-secret"})

    assert "very-secret" not in repr(settings)


@pytest.mark.parametrize(
    ("urls", "pace", "allowed"),
    [
        pytest.param(ELSEWHERE, "0.05", True, id="elsewhere"),
        pytest.param({**ELSEWHERE, "ARXIV_API_URL": "https://arxiv.org/api"}, "1", False, id="arxiv.org"),
        pytest.param(
            {**ELSEWHERE, "ARXIV_API_URL": "http://EXPORT.arxiv.org./x"}, "1", False, id="subdomain"
        ),
        pytest.param({**ELSEWHERE, "ARXIV_API_URL": "https://notarxiv.org/api"}, "1", True, id="lookalike"),
        pytest.param({}, "3", True, id="three is enough"),
        pytest.param({}, "4.5", True, id="slower"),
    ],
)
def test_arxiv_pace_below_three_seconds_is_refused_only_for_arxiv(
    urls: dict[str, str], pace: str, allowed: bool
) -> None:
    environ = {**urls, "ARXIV_MIN_INTERVAL_SECONDS": pace}

    if allowed:
        assert Settings.from_env(environ).arxiv_min_interval_seconds == float(pace)
    else:
        with pytest.raises(SettingError, match="ARXIV_MIN_INTERVAL_SECONDS"):
            Settings.from_env(environ)


@pytest.mark.parametrize(("ids", "count"), [("2", "2"), ("0,5", "5"), ("0", "")])
def test_shards_beyond_the_count_are_refused(ids: str, count: str) -> None:
    with pytest.raises(SettingError, match="SHARD_IDS"):
        Settings.from_env({"SHARD_IDS": ids, "SHARD_COUNT": count})


def test_load_reads_the_file_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        "\ufeffLOG_LEVEL=ERROR\nLOG_FORMAT=json\nOPENALEX_API_KEY=a${HOME}$b\n", "utf-8"
    )
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    for name in ("LOG_FORMAT", "OPENALEX_API_KEY"):
        monkeypatch.delenv(name, raising=False)

    settings = Settings.load(tmp_path)

    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert settings.openalex_api_key == "a${HOME}$b"


def test_load_with_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=\xff\xfe\n")

    with pytest.raises(SettingError, match=r"\.env"):
        Settings.load(tmp_path)


def test_example_file_holds_exactly_the_settings_of_the_code() -> None:
    example = Path(__file__).parents[2] / ".env.example"

    assert example.read_text("utf-8") == render_example(), (
        "write it anew: python -m bot.config > .env.example"
    )


def test_example_file_taken_as_it_is_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uncommented = "\n".join(
        line.removeprefix("#") for line in render_example().splitlines() if "# " not in line
    )
    (tmp_path / ".env").write_text(uncommented, "utf-8")
    for line in uncommented.splitlines():
        monkeypatch.delenv(line.partition("=")[0], raising=False)

    assert Settings.load(tmp_path) == Settings.from_env({})
