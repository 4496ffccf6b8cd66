"""What becomes of the parts of an export: types that are writing, types that are settings, statuses, taxonomies."""

from __future__ import annotations

from hugoconv.systems.wordpress.wxr.items import Item

STATUSES = {
    "publish": "published",
    "draft": "draft",
    "auto-draft": "trash",
    "pending": "pending",
    "private": "private",
    "future": "scheduled",
    "trash": "trash",
}
"""WordPress's post statuses in the model's words; any other, such as one of a plug-in, counts as a draft."""


def status_of(item: Item) -> str:
    """Return an item's status in the model's words; a password counts before the rest."""
    return "password" if item.post_password else STATUSES.get(item.status, "draft")


DISCUSSIONS = {"comments": "comment_status", "pings": "ping_status"}
"""Front matter keys that say whether readers may comment, and other sites may ping: the elements of an item."""


def is_open(post_type: str) -> bool:
    """Return whether items of a type are open to comments and pings unless they say otherwise."""
    return post_type == "post"


TAXONOMIES = {"category": "categories", "post_tag": "tags", "tag": "tags"}
"""Front matter keys of WordPress's own taxonomies; any other keeps its name."""

NOT_TERMS = frozenset(
    {
        *("nav_menu", "post_format", "wp_theme"),
        *("language", "post_translations", "term_language", "term_translations"),
    }
)
"""Taxonomies that say something else than what a post is about."""

MENU_ITEM = "nav_menu_item"
NAVIGATION = "wp_navigation"
ATTACHMENT = "attachment"
REUSABLE_BLOCK = "wp_block"
ACF_FIELD = "acf-field"

LANGUAGE, TRANSLATIONS = "language", "post_translations"
"""Taxonomies by which Polylang says in which language an item is, and which items are translations of one another."""

SETTINGS_TYPES = frozenset(
    {
        MENU_ITEM,
        ATTACHMENT,
        REUSABLE_BLOCK,
        "revision",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "user_request",
        "wp_template",
        "wp_template_part",
        "wp_global_styles",
        NAVIGATION,
        "wp_font_family",
        "wp_font_face",
        "acf-field",
        "acf-field-group",
        "elementor_library",
        "elementor_font",
        "elementor_icons",
        "elementor_snippet",
        "e-landing-page",
        "jetpack_migration",
        "safecss",
        "scheduled-action",
        "shop_order",
        "shop_order_refund",
        "shop_coupon",
        "wpcf7_contact_form",
        "feedback",
        "mc4wp-form",
        "wp-types-group",
    }
)
"""Post types that hold a site's settings, orders or parts of pages, not pages of their own."""
