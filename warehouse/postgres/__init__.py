"""The published warehouse copied into a schema of a PostgreSQL server, for tools that want one."""

from warehouse.postgres.copy import Copied, CopyError, Progress, copy_to_postgres

__all__ = ["Copied", "CopyError", "Progress", "copy_to_postgres"]
