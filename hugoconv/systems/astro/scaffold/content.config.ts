import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';

// A list, or one word of it.
const words = z.preprocess((value: any) => [value ?? []].flat(), z.array(z.coerce.string()));

const schema = ({ image }: any) =>
  z
    .object({
      title: z.coerce.string().optional(),
      pubDate: z.coerce.date().optional(),
      updatedDate: z.coerce.date().optional(),
      // A picture beside the post is one for Astro, any other is an address.
      heroImage: z.union([z.string().refine((text) => !text.startsWith('./')), image()]).optional(),
      tags: words,
      categories: words,
      draft: z.boolean().optional(),
    })
    .passthrough();

export const collections = {
  blog: defineCollection({ loader: glob({ base: './src/content/blog', pattern: '**/*.md' }), schema }),
  pages: defineCollection({ loader: glob({ base: './src/content/pages', pattern: '**/*.md' }), schema }),
};
