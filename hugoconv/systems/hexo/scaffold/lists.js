'use strict';
// The lists of the old site, at their addresses.
const { readFileSync } = require('fs');
const { join } = require('path');

const site = JSON.parse(readFileSync(join(hexo.base_dir, 'site.json'), 'utf-8'));

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
  return site.lists.map((list) => ({
    path: list.address.replace(/^\//, '').replace(/(^|\/)$/, '$1index.html'),
    layout: ['index'],
    data: { title: list.title, items: itemsOf(list) },
  }));
});
