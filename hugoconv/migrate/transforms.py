"""Ready-made transforms: functions from a post to a post, or to None to drop it, for `convert(transforms=[...])`.

Each is made by a function here and is a small object, so that it can be sent to another process.
"""

from __future__ import annotations

from dataclasses import dataclass

from hugoconv.model import Post


@dataclass(frozen=True)
class _RenameKey:
    old: str
    new: str
    __name__ = "rename_key"

    def __call__(self, post: Post) -> Post:
        if self.old in post.front_matter:
            post.front_matter.rename(self.old, self.new)
        return post


@dataclass(frozen=True)
class _DropKeys:
    keys: tuple[str, ...]
    __name__ = "drop_keys"

    def __call__(self, post: Post) -> Post:
        for key in self.keys:
            post.front_matter.pop(key, None)
        return post


@dataclass(frozen=True)
class _OnlyTypes:
    types: tuple[str, ...]
    __name__ = "only_types"

    def __call__(self, post: Post) -> Post | None:
        return post if post.type in self.types else None


def rename_key(old: str, new: str) -> _RenameKey:
    """Return a transform that gives a front matter key another name, at the same place."""
    return _RenameKey(old, new)


def drop_keys(*keys: str) -> _DropKeys:
    """Return a transform that takes keys out of the front matter."""
    return _DropKeys(keys)


def only_types(*types: str) -> _OnlyTypes:
    """Return a transform that drops posts of all other types; each drop is a finding."""
    return _OnlyTypes(types)
