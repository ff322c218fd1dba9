#!/usr/bin/env python3
"""Runs the steps of action.yml and the hooks of .pre-commit-hooks.yaml with bash, in a repository of their own.

    python3 tests/action.py KENNZAHL [--install]

With --install PyYAML is installed into a folder below target/ where it is missing. Exit code 77: it or git is missing.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KENNZAHL = os.path.abspath(sys.argv[1])
try:
    import yaml
except ImportError:
    packages = os.environ.get("CARGO_TARGET_DIR", ROOT + "/target") + "/action-packages"
    if "--install" in sys.argv:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--target", packages, "pyyaml"], check=True)
    sys.path.append(packages)
    try:
        import yaml
    except ImportError:
        sys.exit(77)
if not shutil.which("git") or not shutil.which("bash"):
    sys.exit(77)

PACK = """[[unit]]
id = "{Klafter}"
kind = "measure"
forms = ["Klafter|n"]
example = ["Der Brunnen ist zwölf Klafter tief.", "zwölf Klafter = measure 12 {Klafter}"]
"""
# A slip that still passes its own example: the unit is another.
BROKEN = PACK.replace("{Klafter}", "{Elle}")
GOLD_TEXT = "Der Schacht misst neun Klafter."
GOLD = {
    "id": "schacht", "annotated": ["quantities"],
    "quantities": [{"start": 18, "end": 30, "text": "neun Klafter", "type": "measure", "value": "9", "unit": "{Klafter}"}],
}


def expression(text, values):
    """What `${{ … }}` stands for: the first of the values between || that is known and not empty."""
    def one(found):
        names = [n.strip() for n in found[1].split("||")]
        assert all(n in values for n in names), f"nobody knows {found[1]}"
        return next((values[n] for n in names if values[n]), "")
    return re.sub(r"\$\{\{(.*?)\}\}", one, text)


class Repository:
    """A user's repository with a pack, gold and texts, and kennzahl in the PATH."""

    def __init__(self, folder):
        self.folder = folder
        self.bin = folder + "/bin"
        os.makedirs(self.bin)
        os.symlink(KENNZAHL, self.bin + "/kennzahl")
        self.work = folder + "/a work"
        os.makedirs(self.work)
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("KENNZAHL_", "GIT_"))}
        self.env = {**clean, "PATH": self.bin + ":" + os.environ["PATH"], "HOME": folder,
                    "GIT_CONFIG_NOSYSTEM": "1", "GITHUB_STEP_SUMMARY": folder + "/summary",
                    "GITHUB_OUTPUT": folder + "/output"}
        self.write("packs/mine.toml", PACK)
        self.write("gold/schacht.txt", GOLD_TEXT)
        self.write("gold/schacht.gold.json", json.dumps(GOLD))
        self.write("texts/brunnen.txt", "Das Seil ist drei Klafter lang und kostet 5 Euro.")
        self.git("init", "-q", "-b", "main")
        self.commit()

    def write(self, name, content):
        path = os.path.join(self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(content)

    def git(self, *args):
        who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        ran = subprocess.run(["git", *who, *args], cwd=self.work, env=self.env, check=True, capture_output=True, text=True)
        return ran.stdout.strip()

    def commit(self):
        self.git("add", ".")
        self.git("commit", "-q", "-m", "change")
        return self.git("rev-parse", "HEAD")

    def bash(self, script, env=None):
        # As the runner calls `shell: bash`.
        path = self.folder + "/step.sh"
        with open(path, "w", encoding="utf-8") as f:
            f.write(script)
        return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", path], cwd=self.work,
                              env={**self.env, **(env or {})}, capture_output=True, text=True)

    def action(self, **inputs):
        """Runs all steps; the exit code of each that ran, what they said and the summary."""
        with open(ROOT + "/action.yml", encoding="utf-8") as f:
            action = yaml.safe_load(f)
        assert action["runs"]["using"] == "composite"
        assert set(inputs) <= set(action["inputs"]), "an input is not declared"
        values = {"github.action_path": ROOT, "github.event.pull_request.base.sha": "", "github.event.before": ""}
        for name, declared in action["inputs"].items():
            values["inputs." + name] = inputs.get(name, expression(declared["default"], values))
        for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
            open(self.env[name], "w").close()
        codes, said = [], ""
        for step in action["runs"]["steps"]:
            assert step["shell"] == "bash"
            condition = step.get("if", "${{ success() }}")
            assert condition in ("${{ success() }}", "${{ !cancelled() }}"), condition
            if any(codes) and condition == "${{ success() }}":
                continue
            assert "${{" not in step["run"], "what a user says is no part of a script"
            ran = self.bash(step["run"], {k: expression(v, values) for k, v in step.get("env", {}).items()})
            codes.append(ran.returncode)
            said += ran.stdout + ran.stderr
        with open(self.env["GITHUB_STEP_SUMMARY"], encoding="utf-8") as f:
            summary = f.read()
        with open(self.env["GITHUB_OUTPUT"], encoding="utf-8") as f:
            output = f.read()
        return codes, said, summary, output

    def hook(self, name, args, files):
        with open(ROOT + "/.pre-commit-hooks.yaml", encoding="utf-8") as f:
            hook = next(h for h in yaml.safe_load(f) if h["id"] == name)
        names = files if hook.get("pass_filenames", True) else []
        assert all(re.search(hook.get("files", ""), n) for n in names)
        return subprocess.run([*shlex.split(hook["entry"]), *args, *names], cwd=self.work, env=self.env,
                              capture_output=True, text=True)


def check(condition, said):
    if not condition:
        sys.exit(f"tests/action.py: {said}")


def steps(r, base):
    usual = {"packs": "packs/mine.toml\n", "gold": "gold\n", "eval-args": "--min\nquantity full=100\n", "texts": "texts\n",
             "base": base}
    codes, said, summary, output = r.action(**usual)
    check(codes == [0, 0, 0, 0], f"nothing changed, and it failed: {codes}\n{said}")
    check("### kennzahl eval" in summary and "1 documents compared, no change" in summary, summary)
    check(re.fullmatch(r"report=\S+\n", output), output)

    # Without a kennzahl in the PATH one is built of the action's own source.
    os.rename(r.bin + "/kennzahl", r.bin + "/built")
    with open(r.bin + "/cargo", "w", encoding="utf-8") as f:
        f.write(f'#!/bin/bash\nprintf "cargo %s\\n" "$*"\nmv "{r.bin}/built" "{r.bin}/kennzahl"\n')
    os.chmod(r.bin + "/cargo", 0o755)
    hidden, r.env["PATH"] = r.env["PATH"], r.bin + ":/usr/bin:/bin"
    codes, said, summary, _ = r.action(packs="packs/mine.toml")
    r.env["PATH"] = hidden
    check(f"cargo install --locked --quiet --path {ROOT}" in said, said)
    check(codes == [0, 0, 0, 0] and not summary, f"nothing was asked for: {codes}\n{said}\n{summary}")

    r.write("packs/mine.toml", BROKEN.replace("measure 12 {Elle}", "measure 12 {Klafter}"))
    codes, said, _, _ = r.action(**usual)
    check(codes[:2] == [0, 1] and "1 examples, 1 failed" in said, f"an example that fails: {codes}\n{said}")

    r.write("packs/mine.toml", BROKEN)
    codes, said, summary, _ = r.action(**usual)
    check(codes == [0, 0, 1, 1], f"another unit: {codes}\n{said}")
    check("quantity full is 0.0, below 100" in said, said)
    check("| **unit** | quantity |" in summary and "Klafter} → {Elle}" in summary, summary)

    # What is no severe change fails where any does; a new pack has none to be compared with.
    r.write("packs/mine.toml", PACK)
    r.write("packs/more.toml", '[[hedge]]\nid = "pfeilgrad"\napprox = "about"\nforms = ["pfeilgrad"]\n'
            'example = ["Es sind pfeilgrad 5 Euro.", "5 Euro = money 5 EUR about"]\n')
    r.write("texts/mehr.txt", "Das kostet pfeilgrad 6 Euro.")
    more = {**usual, "packs": "packs/mine.toml\npacks/more.toml"}
    for fail_on, want in (("severe", 0), ("any", 1), ("never", 0)):
        codes, said, summary, _ = r.action(**more, **{"fail-on": fail_on})
        check(codes == [0, 0, 0, want] and "| approx | quantity |" in summary, f"{fail_on}: {codes}\n{said}\n{summary}")
    codes, said, _, _ = r.action(**more, **{"fail-on": "sometimes"})
    check(codes[-1] == 2 and "fail-on is severe, any or never" in said, said)
    codes, said, _, _ = r.action(**{**more, "texts": "nowhere"})
    check(codes[-1] == 2 and "nowhere" in said, said)


def hooks(r):
    r.write("packs/mine.toml", PACK)
    r.commit()
    ran = r.hook("kennzahl-pack", [], ["packs/mine.toml"])
    check(ran.returncode == 0 and "1 examples, 0 failed" in ran.stdout, ran)
    gold = ["gold", "--pack", "packs/mine.toml", "--min", "quantity full=100"]
    check(r.hook("kennzahl-eval", gold, []).returncode == 0, "the gold is right")
    check(r.hook("kennzahl-diff", ["texts"], ["packs/mine.toml"]).returncode == 0, "nothing changed")
    r.write("packs/mine.toml", BROKEN)
    ran = r.hook("kennzahl-eval", gold, [])
    check(ran.returncode == 1 and "below 100" in ran.stderr, ran)
    ran = r.hook("kennzahl-diff", ["texts"], ["packs/mine.toml"])
    check(ran.returncode == 1 and "{Klafter} → {Elle}" in ran.stdout, ran)


with tempfile.TemporaryDirectory() as folder:
    repository = Repository(folder)
    steps(repository, repository.git("rev-parse", "HEAD"))
    hooks(repository)
print("action.yml: all steps; .pre-commit-hooks.yaml: all hooks")
