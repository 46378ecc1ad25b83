"""Reads LINE's OpenAPI descriptions as JSON Schema, with the discriminators resolved.

A description by itself lets a generic validator check only the base of a polymorphic object.
Here the base dispatches on the discriminator, and every closed object refuses properties it does
not list, so that a misspelt one cannot hide.
"""

from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

_COMPONENTS = "#/components/schemas/"


class Description:
    """One OpenAPI file."""

    def __init__(self, path: Path) -> None:
        self._whole: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        self._schemas: dict[str, Any] = self._whole["components"]["schemas"]
        self._bases = {name for name, s in self._schemas.items() if "discriminator" in s}
        self._defs = self._definitions()

    @property
    def paths(self) -> dict[str, dict[str, Any]]:
        """Path template -> method in lower case -> operation."""
        found: dict[str, dict[str, Any]] = self._whole["paths"]
        return found

    def faults(self, name: str, value: Any) -> list[str]:
        """What is wrong with `value` as an instance of the named schema."""
        schema = {"$defs": self._defs, "$ref": f"#/$defs/{name}"}
        validator = Draft202012Validator(schema)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def _definitions(self) -> dict[str, Any]:
        definitions: dict[str, Any] = {}
        for name, schema in self._schemas.items():
            if name in self._bases:
                definitions[f"{name}.base"] = self._plain(schema)
                definitions[name] = self._dispatch(name, schema)
            else:
                closed = self._plain(schema)
                if "properties" in closed or "allOf" in closed:
                    closed["unevaluatedProperties"] = False
                definitions[name] = closed
        return definitions

    def _dispatch(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        key = schema["discriminator"]["propertyName"]
        mapping = schema["discriminator"]["mapping"]
        cases: list[dict[str, Any]] = [
            {
                "if": {"properties": {key: {"const": kind}}, "required": [key]},
                "then": {"$ref": self._target(ref)},
            }
            for kind, ref in mapping.items()
        ]
        known = {"properties": {key: {"enum": list(mapping)}}, "required": [key]}
        return {"allOf": [{"$ref": f"#/$defs/{name}.base"}, known, *cases]}

    def _plain(self, node: Any, *, inherited: bool = False) -> Any:
        """The node with references rewritten; inside `allOf` a reference means the bare base."""
        if isinstance(node, list):
            return [self._plain(item, inherited=inherited) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            target = self._target(node["$ref"])
            bare = inherited and target.removeprefix("#/$defs/") in self._bases
            return {"$ref": f"{target}.base" if bare else target}
        return {
            name: self._plain(value, inherited=name == "allOf")
            for name, value in node.items()
            if name not in ("discriminator", "externalDocs", "example", "description")
        }

    @staticmethod
    def _target(ref: str) -> str:
        return "#/$defs/" + ref.removeprefix(_COMPONENTS)
