"""What all tables share."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
