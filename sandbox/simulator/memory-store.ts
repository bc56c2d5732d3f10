import { Store, type Place, type StoredObject } from "../store.js";

/** The embedded cloud's objects in memory: nothing of a rehearsal is left. */
export class MemoryStore extends Store {
  private readonly types_ = new Map<string, Map<string, StoredObject>>();

  constructor() {
    super("");
  }

  override read(place: Place, type: string, key: string): StoredObject | undefined {
    return this.objects(place, type).get(key);
  }

  override create(place: Place, object: StoredObject): boolean {
    const objects = this.objects(place, object.type);
    if (objects.has(object.key)) return false;
    objects.set(object.key, object);
    return true;
  }

  override write(place: Place, object: StoredObject): void {
    this.objects(place, object.type).set(object.key, object);
  }

  override remove(place: Place, type: string, key: string): void {
    this.objects(place, type).delete(key);
  }

  override list(place: Place, type: string): StoredObject[] {
    const objects = this.objects(place, type);
    return [...objects.keys()].sort().flatMap((key) => objects.get(key) ?? []);
  }

  private objects({ account, region }: Place, type: string): Map<string, StoredObject> {
    const name = `${account} ${region} ${type}`;
    let objects = this.types_.get(name);
    if (objects === undefined) this.types_.set(name, (objects = new Map()));
    return objects;
  }
}
