import { getCollection } from 'astro:content';
import site from './site.json';

/** The posts, the newest first; an entry's id is its address without the slashes around it. */
export async function posts(): Promise<any[]> {
  const day = (entry: any) => new Date(entry.data.pubDate ?? entry.data.date ?? 0).valueOf();
  return (await entries('blog')).sort((one, other) => day(other) - day(one));
}

async function entries(collection: any): Promise<any[]> {
  try {
    return (await getCollection(collection, (entry: any) => !entry.data.draft)) as any[];
  } catch {
    return [];
  }
}

/** Pages whose files are called as they ask for when the site is built (astro.config.mjs). */
const asked = new Set<string>(site.page_files);

/** The addresses that end in a file's name, or the others, with what stands there: an entry, or a list of posts. */
export async function paths(areFiles: boolean) {
  const all = [...(await posts()), ...(await entries('pages'))];
  const found = all.map((entry) => ({
    path: entry.id === 'index' ? '' : entry.id,
    props: { entry, list: undefined as any, items: [] as any[] },
  }));
  for (const list of site.lists as any[]) {
    const path = list.address.replace(/^\/+|\/+$/g, '');
    if (!found.some((each) => each.path === path)) {
      found.push({ path, props: { entry: undefined, list, items: itemsOf(list, all) } });
    }
  }
  return found
    .filter(({ path }) => (path.endsWith('.html') || asked.has(path)) === areFiles)
    .map(({ path, props }) => ({
      params: { path: (asked.has(path) ? path : path.replace(/\.html$/, '')) || undefined },
      props,
    }));
}

/** The feeds of the old site by their files, each with its list and entries, the newest first. */
export async function feeds() {
  const all = [...(await posts()), ...(await entries('pages'))];
  return (site.feeds as any[]).map((feed) => ({
    params: { feed: feed.file },
    props: { feed, items: itemsOf(feed, all).filter(dayOf).slice(0, 20) },
  }));
}

/** The day of an entry, if it has one. */
export function dayOf(entry: any): Date | undefined {
  const day = entry.data.pubDate ?? entry.data.date;
  return day && new Date(day);
}

function itemsOf(list: any, all: any[]): any[] {
  if (list.of_posts) return all.filter((entry) => entry.collection === 'blog');
  if (list.kind === 'term') {
    const has = (entry: any) => [entry.data[list.taxonomy] ?? []].flat().map(String).includes(list.title);
    return all.filter(has);
  }
  const inside = list.address.replace(/^\/+/, '');
  return all.filter((entry) => entry.id.startsWith(inside));
}

/** The address of an entry on the site. */
export function addressOf(entry: any): string {
  return `${site.base_path}/${entry.id.endsWith('.html') || asked.has(entry.id) ? entry.id : `${entry.id}/`}`;
}
