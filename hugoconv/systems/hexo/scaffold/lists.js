'use strict';
// The lists and feeds of the old site, at their addresses.
const { readFileSync } = require('fs');
const { join } = require('path');

const site = JSON.parse(readFileSync(join(hexo.base_dir, 'site.json'), 'utf-8'));

// Control characters, which no feed can hold and nobody sees.
const control = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;
const text = (value) => String(value).replace(control, '').replace(/[&<>]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[mark]);
const address = (path) => text(`${site.origin}${site.base_path}/${path.replace(/^\/+/, '')}`);
const item = (entry) => `
    <item>
      <title>${text(entry.title || entry.path)}</title>
      <link>${address(entry.path)}</link>
      <guid>${address(entry.path)}</guid>
      <pubDate>${entry.date.toDate().toUTCString()}</pubDate>
      <description>${text(entry.content)}</description>
    </item>`;
const rss = (feed, entries) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
  <channel>
    <title>${text(feed.title || site.title)}</title>
    <link>${address(feed.address)}</link>
    <description>${text(site.description || site.title)}</description>${entries.slice(0, 20).map(item).join('')}
  </channel>
</rss>
`;

// A page whose address names a file of another kind stands there, not in a folder of that name.
hexo.extend.filter.register('after_generate', () => {
  for (const file of site.page_files) {
    const folder = `${file}/index.html`;
    const made = hexo.route.get(folder);
    if (!made) continue;
    hexo.route.set(file, () => made);
    hexo.route.remove(folder);
  }
});

hexo.extend.generator.register('lists', (locals) => {
  const posts = locals.posts.sort('-date').toArray();
  const pages = locals.pages.toArray();
  const names = (entry, taxonomy) => {
    const value = entry[taxonomy];
    return value && value.toArray ? value.toArray().map((term) => term.name) : [value ?? []].flat().map(String);
  };
  const itemsOf = (list) => {
    if (list.of_posts) return posts;
    if (list.kind === 'term') return [...posts, ...pages].filter((entry) => names(entry, list.taxonomy).includes(list.title));
    return [...posts, ...pages].filter((entry) => `/${entry.path}`.startsWith(list.address));
  };
  const lists = site.lists.map((list) => ({
    path: list.address.replace(/^\//, '').replace(/(^|\/)$/, '$1index.html'),
    layout: ['index'],
    data: { title: list.title, items: itemsOf(list) },
  }));
  const feeds = site.feeds.map((feed) => ({ path: feed.file, data: rss(feed, itemsOf(feed)) }));
  // Hexo publishes no page whose address has a lone percent sign.
  const odd = Object.entries(site.redirects).filter(([old]) => old.includes('%25'));
  const leading = odd.map(([old, to]) => ({
    path: decodeURIComponent(old).replace(/^\//, '').replace(/\/$/, '/index.html'),
    data: `<!doctype html>\n<meta http-equiv="refresh" content="0; url=${text(site.base_path + to)}">\n`,
  }));
  return [...lists, ...feeds, ...leading];
});
