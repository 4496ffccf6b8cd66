import site from '../site.json';
import { addressOf, dayOf, feeds } from '../pages';

export const getStaticPaths = feeds;

// Control characters, which no feed can hold and nobody sees.
const control = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;
const text = (value: any) =>
  String(value).replace(control, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const item = (entry: any) => `
    <item>
      <title>${text(entry.data.title || entry.id)}</title>
      <link>${text(site.origin + addressOf(entry))}</link>
      <guid>${text(site.origin + addressOf(entry))}</guid>
      <pubDate>${dayOf(entry)!.toUTCString()}</pubDate>
      <description>${text(entry.rendered?.html ?? '')}</description>
    </item>`;

export const GET = ({ props }: any) =>
  new Response(`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
  <channel>
    <title>${text(props.feed.title || site.title)}</title>
    <link>${text(site.origin + site.base_path + props.feed.address)}</link>
    <description>${text(site.description || site.title)}</description>${props.items.map(item).join('')}
  </channel>
</rss>
`);
