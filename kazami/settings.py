"""Settings: the shipped defaults, then the user's file, then the environment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kazami.config import config_dir
from kazami.errors import KazamiError

# Names in the environment that are no settings: where settings and shipped data lie.
_PLACES = ("KAZAMI_SETTINGS", "KAZAMI_CONFIG")
_LEAST = {"workers": 0, "recheck_months": 0, "max_response_mb": 1, "retries": 0}
_CONTACT = re.compile(r"(https?://[!-~]+|[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+)?", re.ASCII)


class SettingsError(KazamiError):
    """A setting is unknown, or its value makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may decide; ``config/defaults.toml`` says what each setting means."""

    data_dir: Path
    contact: str
    engine: str
    workers: int
    recheck_months: int
    max_response_mb: int
    retries: int
    store: str = ""


_NAMES = tuple(field.name for field in fields(Settings))


def load_settings(data_dir: Path | None, environ: Mapping[str, str]) -> Settings:
    """``defaults.toml`` < the user's ``kazami.toml`` < ``KAZAMI_…`` < ``data_dir`` where given.

    Raises SettingsError for an unknown key, naming the nearest known one, and for a value of the
    wrong type or out of range, naming where it stands.
    """
    values: dict[str, object] = _read(config_dir() / "defaults.toml")
    if missing := set(_NAMES) - set(values):
        raise SettingsError(f"defaults.toml lacks {', '.join(sorted(missing))}; install again")
    values |= _users(environ)
    values |= _environment(environ)
    if data_dir is not None:
        values["data_dir"] = str(data_dir)
    if not values["data_dir"]:
        from platformdirs import user_data_path  # 5 ms that most processes need not spend

        values["data_dir"] = str(user_data_path("kazami", appauthor=False))
    values["data_dir"] = Path(str(values["data_dir"])).expanduser()
    return Settings(**values)  # type: ignore[arg-type]


def settings_file(environ: Mapping[str, str]) -> Path:
    """The user's file: ``$KAZAMI_SETTINGS``, else ``kazami.toml`` in the configuration folder."""
    if named := environ.get("KAZAMI_SETTINGS"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("kazami", appauthor=False) / "kazami.toml"


def _users(environ: Mapping[str, str]) -> dict[str, object]:
    file = settings_file(environ)
    if not file.is_file() and not environ.get("KAZAMI_SETTINGS"):
        return {}
    return _read(file)


def _read(file: Path) -> dict[str, object]:
    try:
        values = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(f"cannot read the settings {file}: {reason}") from error
    for name, value in values.items():
        if name not in _NAMES:
            raise SettingsError(f"{file}: unknown setting {name!r}{_nearest(name, _NAMES)}")
        _check(name, value, str(file))
    return values


def _environment(environ: Mapping[str, str]) -> dict[str, object]:
    names = {f"KAZAMI_{name.upper()}": name for name in _NAMES if name != "data_dir"}
    names["KAZAMI_DATA"] = "data_dir"
    values: dict[str, object] = {}
    for variable, text in environ.items():
        if not variable.startswith("KAZAMI_") or variable in _PLACES:
            continue
        if variable not in names:
            near = _nearest(variable, (*names, *_PLACES))
            raise SettingsError(f"unknown environment variable {variable}{near}")
        name = names[variable]
        value: object = text
        if name in _LEAST:
            if not re.fullmatch(r"-?[0-9]{1,9}", text.strip()):
                raise SettingsError(f"{variable}: {text!r} is no whole number")
            value = int(text)
        _check(name, value, variable)
        values[name] = value
    return values


def _check(name: str, value: object, where: str) -> None:
    if name in _LEAST:
        if not isinstance(value, int) or isinstance(value, bool):
            raise SettingsError(f"{where}: {name} must be a whole number, not {value!r}")
        if value < _LEAST[name]:
            raise SettingsError(f"{where}: {name} is {value}; the least is {_LEAST[name]}")
    elif not isinstance(value, str):
        raise SettingsError(f"{where}: {name} must be text, not {value!r}")
    elif name == "contact" and not _CONTACT.fullmatch(value):
        raise SettingsError(f"{where}: contact {value!r} is neither a URL nor a mail address")
    elif name == "engine" and not value:
        raise SettingsError(f"{where}: engine is empty")


def _nearest(name: str, known: tuple[str, ...]) -> str:
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
