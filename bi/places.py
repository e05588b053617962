"""Where Superset's own state lies: `bi` below the data folder. Nothing of it is in the repository."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from warehouse.paths import DataPaths, data_paths

ASSETS = Path(__file__).resolve().parent / "assets"
HTTPS_VARIABLE = "OGI_BI_HTTPS"
LANGUAGE_VARIABLE = "OGI_BI_LANGUAGE"
ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class BiPaths:
    """The files of one Superset."""

    data: DataPaths

    @property
    def home(self) -> Path:
        """All that Superset keeps."""
        return self.data.data / "bi"

    @property
    def metadata(self) -> Path:
        """Superset's own database: users, roles, dashboards as imported."""
        return self.home / "superset.db"

    @property
    def secret_key(self) -> Path:
        """Signs sessions and encrypts what Superset stores; without it, its database is worth nothing."""
        return self.home / "secret_key"

    @property
    def password(self) -> Path:
        """The password that the admin was made with."""
        return self.home / "admin_password"

    @property
    def done(self) -> Path:
        """What the set-up did last, as digests of what it depends on."""
        return self.home / "setup.json"


def bi_paths() -> BiPaths:
    """The files below $OGI_DATA, else below `data/` of the checkout."""
    return BiPaths(data_paths())


def make_home(paths: BiPaths) -> None:
    """Make the folder, for nobody else to read."""
    paths.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths.home.chmod(0o700)


def secret(path: Path, characters: int) -> tuple[str, bool]:
    """The secret kept in a file that only its owner reads, made at random if there is none; and whether it is new."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii"), False
    made = secrets.token_urlsafe(characters)[:characters]
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
    return made, True
