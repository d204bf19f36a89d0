"""Answers to codes and back: code books, the pass that makes codes, and what it finds wrong."""

from servqual.coding.books import CodeBook
from servqual.coding.encoding import Encoded, encode
from servqual.coding.faults import Faults

__all__ = ["CodeBook", "Encoded", "Faults", "encode"]
