"""What blocks are called: those that have no content of their own, and the services of social links."""

from __future__ import annotations

from typing import Final

_DYNAMIC = """
    archives avatar breadcrumbs calendar categories comment-author-name comment-content comment-date comment-edit-link
    comment-reply-link comment-template comments comments-pagination comments-title home-link latest-comments
    latest-posts loginout navigation navigation-submenu page-list page-list-item pattern post-author
    post-author-biography post-author-name post-comments-count post-comments-form post-content post-date post-excerpt
    post-featured-image post-navigation-link post-template post-terms post-title query query-no-results
    query-pagination query-title read-more rss search site-logo site-tagline site-title tag-cloud template-part
    term-description
"""
DYNAMIC: Final = frozenset(_DYNAMIC.split())
"""Core blocks whose content is made when a page is viewed."""

_SERVICES = {
    "fivehundredpx": "500px",
    "bandcamp": "Bandcamp",
    "behance": "Behance",
    "bluesky": "Bluesky",
    "chain": "Link",
    "codepen": "CodePen",
    "deviantart": "DeviantArt",
    "dribbble": "Dribbble",
    "dropbox": "Dropbox",
    "etsy": "Etsy",
    "facebook": "Facebook",
    "feed": "RSS Feed",
    "flickr": "Flickr",
    "foursquare": "Foursquare",
    "github": "GitHub",
    "goodreads": "Goodreads",
    "google": "Google",
    "gravatar": "Gravatar",
    "instagram": "Instagram",
    "lastfm": "Last.fm",
    "linkedin": "LinkedIn",
    "mail": "Mail",
    "mastodon": "Mastodon",
    "meetup": "Meetup",
    "medium": "Medium",
    "patreon": "Patreon",
    "pinterest": "Pinterest",
    "pocket": "Pocket",
    "reddit": "Reddit",
    "skype": "Skype",
    "snapchat": "Snapchat",
    "soundcloud": "SoundCloud",
    "spotify": "Spotify",
    "telegram": "Telegram",
    "threads": "Threads",
    "tiktok": "TikTok",
    "tumblr": "Tumblr",
    "twitch": "Twitch",
    "twitter": "Twitter",
    "vimeo": "Vimeo",
    "vk": "VK",
    "whatsapp": "WhatsApp",
    "wordpress": "WordPress",
    "x": "X",
    "yelp": "Yelp",
    "youtube": "YouTube",
}


def social_service(name: str) -> str:
    """Return what readers see for the service of a social link: its name as it is written, else the name given."""
    return _SERVICES.get(name, name.capitalize())
