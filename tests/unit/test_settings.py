"""What may be configured, what is refused by which sentence, and what a first start makes."""

from pathlib import Path

import pytest

from domain.incident import Category, Field
from server.env_example import env_example
from server.settings import Settings, SettingsError, load_settings, secret_key
from server.settings_sections import SECTIONS, names_of

WAHA = {"WAHA_URL": "http://127.0.0.1:3000", "WAHA_HMAC_KEY": "a-key-of-the-test"}
ZOHO = {
    "ZOHO_CLIENT_ID": "1000.ID",
    "ZOHO_CLIENT_SECRET": "a-secret-of-the-test",
    "ZOHO_REFRESH_TOKEN": "1000.token",
    "ZOHO_ORG_ID": "60001234567",
    "ZOHO_DEPARTMENT_ID": "189200000000006907",
}


def settings_of(**values: str) -> Settings:
    """The settings of an environment that has only these names."""
    return load_settings(None, values)


def problems_of(**values: str) -> tuple[str, ...]:
    """What is wrong with these."""
    with pytest.raises(SettingsError) as caught:
        settings_of(**values)
    return caught.value.problems


def test_nothing_set_is_a_demo_with_the_defaults_of_the_contract() -> None:
    settings = settings_of()
    assert (settings.mode, settings.host, settings.port) == ("demo", "127.0.0.1", 8000)
    assert settings.needs_zoho_stand_in
    assert settings.needs_waha_stand_in
    assert (settings.quiet_seconds, settings.longest_wait_seconds) == (20, 60)
    assert (settings.reask_seconds, settings.max_reasks) == (1800, 3)
    assert (settings.close_after_seconds, settings.reopen_within_seconds) == (86400, 172800)
    assert (settings.desk_retry_seconds, settings.desk_settle_seconds) == (300, 60)
    assert (settings.desk_poll_seconds, settings.desk_notice_seconds) == (300, 60)
    assert (settings.retention_days, settings.webhook_max_bytes) == (90, 2 * 1024**2)
    assert (settings.language, settings.checkpoint_durability) == ("es", "exit")
    assert settings.database_url is None
    assert settings.redis_url is None
    assert settings.chroma_url is None
    assert not settings.langsmith_tracing
    assert [one.name for one in settings.providers] == ["local"]


def test_a_channel_makes_it_real() -> None:
    settings = settings_of(**WAHA, **ZOHO)
    assert settings.mode == "real"
    assert settings.channels == ("waha",)
    assert not settings.needs_zoho_stand_in
    assert settings.desk_origin == "https://desk.zoho.com"
    assert settings_of(**WAHA, **ZOHO, ZOHO_DC="eu").accounts_origin == "https://accounts.zoho.eu"


@pytest.mark.parametrize(
    ("values", "stand_ins"),
    [
        ({}, (True, True)),
        (WAHA, (True, False)),
        ({"WAHA_HMAC_KEY": "a-key-of-the-test"}, (True, True)),
        ({"ZOHO_DESK_URL": "http://127.0.0.1:1"}, (False, True)),
        (
            {
                "ZOHO_DESK_URL": "http://127.0.0.1:1/",
                "ZOHO_ACCOUNTS_URL": "http://localhost:2",
                **WAHA,
            },
            (False, False),
        ),
        (ZOHO, (True, True)),
        ({"ZOHO_ORG_ID": "1"}, (True, True)),
    ],
)
def test_a_demo_takes_any_of_the_outside_from_elsewhere(
    values: dict[str, str], stand_ins: tuple[bool, bool]
) -> None:
    settings = settings_of(RECADO_MODE="demo", **values)
    assert settings.mode == "demo"
    assert (settings.needs_zoho_stand_in, settings.needs_waha_stand_in) == stand_ins


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"RECADO_MODE": "real", **ZOHO}, "RECADO_MODE is real, but no channel is configured"),
        (WAHA, "Zoho Desk is not set: ZOHO_CLIENT_ID,"),
        ({**WAHA, "ZOHO_ORG_ID": "1"}, "Zoho Desk is half-set: ZOHO_CLIENT_ID,"),
        ({"ZOHO_CLIENT_ID": "1000.AB"}, "Zoho Desk is half-set: ZOHO_CLIENT_SECRET,"),
        ({"WAHA_URL": "http://a"}, "WAHA_URL is set, but WAHA_HMAC_KEY is missing"),
        ({"WAHA_HMAC_KEY": "abcdef"}, "WAHA_HMAC_KEY is set, but WAHA_URL is missing"),
        ({"BRIDGE_URL": "http://a"}, "BRIDGE_URL is set, but BRIDGE_SECRET is missing"),
        ({"TELEGRAM_BOT_TOKEN": "1:a"}, "TELEGRAM_BOT_TOKEN is set, but TELEGRAM_WEBHOOK_SECRET"),
        ({"QUIET_SECONDS": "90"}, "QUIET_SECONDS (90) is longer than LONGEST_WAIT_SECONDS (60)"),
        ({"REASK_SECONDS": "-1"}, "REASK_SECONDS is -1, and must not be negative."),
        ({"REASK_SECONDS": "nan"}, 'REASK_SECONDS is "nan", which is not a number'),
        ({"RECADO_PORT": "http"}, 'RECADO_PORT is "http", which is not a number'),
        ({"RECADO_PORT": "70000"}, "RECADO_PORT is 70000, which is out of range"),
        ({"ZOHO_DC": "mars"}, 'ZOHO_DC is "mars": use one of us, eu,'),
        ({"TZ": "Mars/Olympus"}, 'TZ is "Mars/Olympus", which is no time zone'),
        ({"AI_PROVIDERS": "openai"}, "AI_PROVIDERS names openai, but OPENAI_API_KEY is not set."),
        ({"AI_PROVIDER": "clippy"}, 'AI_PROVIDERS names "clippy": use openai,'),
        ({"AI_PROVIDERS": "compatible"}, "AI_PROVIDERS names compatible, but COMPATIBLE_BASE_URL"),
        ({"MODEL_CLASSIFY": "gpt"}, 'MODEL_CLASSIFY is "gpt": write provider:model'),
        ({"MODEL_IMAGE": "gemini:x"}, "MODEL_IMAGE names gemini, but GEMINI_API_KEY is not set."),
        ({"RECADO_HOST": "192.0.2.7"}, "RECADO_HOST is 192.0.2.7, which others can reach"),
        ({"ZOHO_DESK_URL": "https://d.test/x"}, 'ZOHO_DESK_URL is "https://d.test/x": give the'),
        ({"ZOHO_DESK_URL": "http://d.test"}, 'ZOHO_DESK_URL is "http://d.test": http is allowed'),
        ({"CHROMA_URL": "localhost:1"}, 'CHROMA_URL is "localhost:1", which is not an address'),
        ({"DATABASE_URL": "mysql://a"}, "DATABASE_URL is not a Postgres address"),
        ({"REDIS_URL": "http://a"}, "REDIS_URL is not a Redis address"),
        ({"MEDIA_URL": "s3://bucket/photos"}, "MEDIA_URL is set, but this version keeps files in"),
        (
            {"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_WEBHOOK_SECRET": "b"},
            "TELEGRAM_BOT_TOKEN or TELEGRAM_WEBHOOK_SECRET is set, but this version has no such",
        ),
        ({"MEDIA_URL": "ftp://a"}, 'MEDIA_URL is "ftp://a": only s3://'),
        ({"WAHA_API_KEY": "change-me"}, "WAHA_API_KEY still has an example value"),
        ({"ZOHO_ORG_ID": "<org id>"}, "ZOHO_ORG_ID still has an example value"),
        ({"OPENAI_API_KEY": "sk-1,your_key"}, "OPENAI_API_KEY still has an example value"),
        ({"WEBHOOK_MAX_BYTES": "two"}, 'WEBHOOK_MAX_BYTES is "two", which is not a size'),
        ({"CHECKPOINT_DURABILITY": "no"}, "CHECKPOINT_DURABILITY is \"no\": use 'exit', 'sync'"),
        ({"LANGSMITH_TRACING": "si"}, 'LANGSMITH_TRACING is "si": use true or false.'),
        ({"LANGSMITH_TRACING": "true"}, "LANGSMITH_TRACING is true, but LANGSMITH_API_KEY is not"),
    ],
)
def test_what_does_not_fit_is_refused_by_a_sentence(values: dict[str, str], sentence: str) -> None:
    problems = problems_of(**values)
    assert any(problem.startswith(sentence) for problem in problems), problems
    assert all(problem.endswith(".") and "\n" not in problem for problem in problems)


def test_every_problem_is_told_at_once_and_the_rest_kept_for_the_doctor() -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(RECADO_PORT="x", TZ="y", ZOHO_DC="z", QUIET_SECONDS="3")
    assert len(caught.value.problems) == 3
    assert str(caught.value).count("\n") == 2
    assert caught.value.settings is not None
    assert (caught.value.settings.port, caught.value.settings.quiet_seconds) == (8000, 3)


def test_no_sentence_and_no_repr_shows_a_secret() -> None:
    values = {"OPENAI_API_KEY": "sk-hidden", "WAHA_HMAC_KEY": "hidden", "RECADO_PORT": "x"}
    assert "hidden" not in str(problems_of(**values))
    settings = settings_of(RECADO_MODE="demo", OPENAI_API_KEY="sk-hidden", WAHA_HMAC_KEY="hidden")
    assert "hidden" not in repr(settings)


def test_the_environment_beats_the_file_and_nothing_counts_as_unset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("QUIET_SECONDS=1\nLONGEST_WAIT_SECONDS=2\nRECADO_PORT=\n# TZ=x\n")
    settings = load_settings(env_file, {"QUIET_SECONDS": "0.5", "LONGEST_WAIT_SECONDS": ""})
    assert (settings.quiet_seconds, settings.longest_wait_seconds) == (0.5, 2)
    assert settings.port == 8000
    monkeypatch.setenv("QUIET_SECONDS", "0")
    assert load_settings(env_file).quiet_seconds == 0
    assert load_settings(tmp_path / "missing").quiet_seconds == 0


def test_several_keys_take_turns_in_their_order() -> None:
    values = {f"GEMINI_API_KEY_{number}": f"k{number}" for number in (10, 2, 1)}
    settings = settings_of(**values, OPENAI_API_KEY="a, b", GROK_API_KEY="g")
    providers = {
        one.name: [key.get_secret_value() for key in one.keys] for one in settings.providers
    }
    assert providers == {
        "openai": ["a", "b"],
        "gemini": ["k1", "k2", "k10"],
        "xai": ["g"],
        "local": [],
    }
    assert settings_of(GOOGLE_API_KEY="x").providers[0].name == "gemini"
    both = settings_of(GEMINI_API_KEY="own", GOOGLE_API_KEY="other").gemini_api_keys
    assert [key.get_secret_value() for key in both] == ["own"]


def test_the_order_of_failover_is_as_written() -> None:
    settings = settings_of(AI_PROVIDERS="Grok, local,openai", XAI_API_KEY="x", OPENAI_API_KEY="o")
    assert [one.name for one in settings.providers] == ["xai", "local", "openai"]
    alone = settings_of(COMPATIBLE_BASE_URL="http://127.0.0.1:1/v1/", COMPATIBLE_MODEL="m")
    assert [(one.name, one.base_url) for one in alone.providers] == [
        ("compatible", "http://127.0.0.1:1/v1"),
        ("local", ""),
    ]
    chosen = settings_of(OPENROUTER_API_KEY="k", MODEL_EXTRACT="openrouter:meta/llama:free")
    assert chosen.node_models == {"extract": "openrouter:meta/llama:free"}


def test_lists_sizes_and_zones() -> None:
    settings = settings_of(
        GROUPS="a@g.us, b@g.us,",
        HUMAN_SUPPORT="5215500000001",
        WEBHOOK_MAX_BYTES="1.5 kb",
        TZ=":UTC",
    )
    assert settings.groups == ("a@g.us", "b@g.us")
    assert settings.human_support == ("5215500000001",)
    assert settings.webhook_max_bytes == 1536
    assert settings.zone.key == "UTC"
    assert settings_of(RECADO_HOST="192.0.2.7", RECADO_API_KEY="k1,k2").api_keys[1]


def test_the_settings_file_speaks_of_groups(tmp_path: Path) -> None:
    path = tmp_path / "recado.toml"
    path.write_text(
        """
        [required]
        operational = ["problem"]
        [groups."1@g.us"]
        name = "Tiendas Norte"
        store = "45"
        human_support = ["5215500000002"]
        required = { technical = ["problem", "system"] }
        """
    )
    file = settings_of(RECADO_SETTINGS_FILE=str(path)).file
    assert file.groups["1@g.us"].store == "45"
    assert file.required_in("1@g.us", Category.TECHNICAL) == {Field.PROBLEM, Field.SYSTEM}
    assert file.required_in("1@g.us", Category.OPERATIONAL) == {Field.PROBLEM}
    assert Field.STORE in file.required_in(None, Category.TECHNICAL)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("= 1", " is not TOML: "),
        ('[required]\ntechnical = ["colour"]', ": at required.technical"),
        ("[groups.a]\nshop = 1", ": at groups.a.shop, extra inputs are not permitted."),
        (None, " cannot be read: No such file"),
    ],
)
def test_a_wrong_settings_file_is_refused(tmp_path: Path, text: str | None, sentence: str) -> None:
    path = tmp_path / "recado.toml"
    if text is not None:
        path.write_text(text)
    (problem,) = problems_of(RECADO_SETTINGS_FILE=str(path))
    assert problem.startswith(f"RECADO_SETTINGS_FILE {path}{sentence}")


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    settings = settings_of(RECADO_DATA_DIR=str(tmp_path / "data"))
    made = secret_key(settings)
    assert len(made) >= 32
    assert secret_key(settings) == made
    kept = tmp_path / "data" / "secret-key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]
    assert secret_key(settings_of(RECADO_SECRET_KEY="mine")) == b"mine"


def test_the_example_has_every_name_and_changes_nothing(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / ".env.example"
    assert example.read_text() == env_example(), "python -m server.env_example > .env.example"
    for section in SECTIONS:
        for field in section.model_fields:
            for name in names_of(section, field):
                assert name in env_example()
    uncommented = [
        line[1:] if line.startswith("#") and not line.startswith(("# ", "#-")) else line
        for line in env_example().splitlines()
    ]
    (tmp_path / ".env").write_text("\n".join(uncommented))
    assert load_settings(tmp_path / ".env", {}) == settings_of()
