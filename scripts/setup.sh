# Sourced by scripts/test and scripts/demo: makes .venv with hugoconv and what the tests need, once per pyproject.toml.
python="${PYTHON:-python3}"
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "hugoconv needs Python 3.11 or newer; set PYTHON to one ($python is not)" >&2
  exit 2
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
wanted=$(cksum pyproject.toml)
if [ "$(cat .venv/.requirements 2>/dev/null)" != "$wanted" ]; then
  echo "Setting up .venv ..."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
  echo "$wanted" > .venv/.requirements
fi
