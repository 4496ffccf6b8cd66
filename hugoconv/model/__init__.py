"""The common model: what every importer gives and every exporter takes. No I/O, no system's name."""

from hugoconv.model.assets import Asset, Role
from hugoconv.model.body import Body, BodyDialect, PortableTranslate, Translate
from hugoconv.model.media import MediaFile, MediaLibrary, MediaText, Medium, Packed
from hugoconv.model.post import HIDDEN, Post, Source, Terms, TypedField
from hugoconv.model.references import Lead, Reference, Resolve, SpanLike
from hugoconv.model.site import PostSource, PostStream, SelfContainedPosts, Site, SiteInfo
from hugoconv.model.values import Author, Comment, Kind, ListPage, MenuItem, Redirect, Term

__all__ = [
    "HIDDEN",
    "Asset",
    "Author",
    "Body",
    "BodyDialect",
    "Comment",
    "Kind",
    "Lead",
    "ListPage",
    "MediaFile",
    "MediaLibrary",
    "MediaText",
    "Medium",
    "MenuItem",
    "Packed",
    "PortableTranslate",
    "Post",
    "PostSource",
    "PostStream",
    "Redirect",
    "Reference",
    "Resolve",
    "Role",
    "SelfContainedPosts",
    "Site",
    "SiteInfo",
    "Source",
    "SpanLike",
    "Term",
    "Terms",
    "Translate",
    "TypedField",
]
