import { Admin, type BaseOptions } from '@platformatic/kafka';

export interface TopicWish {
  readonly names: readonly string[];
  readonly partitions: number;
}

/** Creates what is missing; another process may be doing the same. @throws when the broker refuses */
export async function createMissingTopics(options: BaseOptions, { names, partitions }: TopicWish): Promise<void> {
  const admin = new Admin(options);
  try {
    const there = new Set(await admin.listTopics());
    for (const name of names.filter((n) => !there.has(n))) {
      await admin
        // -1: as many replicas as the broker is set to.
        .createTopics({ topics: [name], partitions, replicas: -1 })
        .catch(async (error: unknown) => {
          if (!(await admin.listTopics()).includes(name)) throw error;
        });
    }
  } finally {
    await admin.close();
  }
}
