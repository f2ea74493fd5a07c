"""What DATABASE_URL and its neighbours decide."""

from pathlib import Path

import pytest

from tests.lumira.starting import PRODUCTION
from tests.lumira.test_settings import settings_with

REDIS = "redis://cache.example:6379/0"
MONGODB = "mongodb://a.example,b.example:27018/lumira?replicaSet=rs0&tls=true"
SRV = "mongodb+srv://lumira:secret@cluster.example/lumira?retryWrites=true"


def cache_backend(folder: Path, **variables: str) -> str:
    caches = settings_with(folder, "CACHES", **variables)["CACHES"]
    return str(caches["default"]["BACKEND"]).rsplit(".", 1)[1]


@pytest.mark.parametrize("variable", ["DATABASE_URL", "MONGODB_URI"])
@pytest.mark.parametrize("address", [MONGODB, SRV])
def test_a_mongodb_address_goes_to_the_driver_as_it_is(
    tmp_path: Path, variable: str, address: str
) -> None:
    variables = {"DATABASE_URL": "", variable: address}

    database = settings_with(tmp_path, "DATABASES", **variables)["DATABASES"]["default"]

    assert (database["HOST"], database["NAME"]) == (address, "lumira")
    assert (database["OPTIONS"]["w"], database["OPTIONS"]["journal"]) == (
        "majority",
        True,
    )


def test_an_address_may_change_patience_but_not_safety(tmp_path: Path) -> None:
    address = f"{MONGODB}&serverselectiontimeoutms=5000&w=1&journal=false"

    read = settings_with(tmp_path, "DATABASES", DATABASE_URL=address)

    options = read["DATABASES"]["default"]["OPTIONS"]
    assert "serverSelectionTimeoutMS" not in options
    assert (options["w"], options["journal"]) == ("majority", True)


def test_database_url_goes_before_mongodb_uri(tmp_path: Path) -> None:
    variables = {"DATABASE_URL": "postgres://db/lumira", "MONGODB_URI": MONGODB}

    read = settings_with(tmp_path, "DATABASES", **variables)

    assert read["DATABASES"]["default"]["HOST"] == "db"


@pytest.mark.parametrize("address", ["sqlite:///lumira.sqlite3", "postgres://db/x"])
def test_without_redis_all_processes_share_a_cache_in_the_database(
    tmp_path: Path, address: str
) -> None:
    assert cache_backend(tmp_path, DATABASE_URL=address) == "DatabaseCache"


def test_on_mongodb_a_developer_without_redis_has_a_cache_in_each_process(
    tmp_path: Path,
) -> None:
    assert cache_backend(tmp_path, DATABASE_URL=MONGODB) == "LocMemCache"


@pytest.mark.parametrize("address", ["postgres://db/lumira", MONGODB])
def test_redis_takes_the_cache_and_the_queue(tmp_path: Path, address: str) -> None:
    variables = PRODUCTION | {"DATABASE_URL": address, "REDIS_URL": REDIS}

    read = settings_with(tmp_path, "CACHES", "HUEY", **variables)

    assert read["CACHES"]["default"]["LOCATION"] == REDIS
    assert read["HUEY"]["connection"] == {"url": REDIS}


def test_the_driver_never_logs_what_it_writes(tmp_path: Path) -> None:
    read = settings_with(tmp_path, "LOGGING", DATABASE_URL=MONGODB, LOG_LEVEL="DEBUG")

    assert read["LOGGING"]["loggers"]["pymongo"]["level"] == "WARNING"
