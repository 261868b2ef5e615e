// The peers' storage on the device: bytes by name in IndexedDB, one object
// store, nothing in between.

function database() {
  return new Promise((done, fail) => {
    const request = indexedDB.open("peers", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("bytes");
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

/** Keeps bytes; done when the transaction has completed. */
export async function put(name, bytes) {
  const db = await database();
  const transaction = db.transaction("bytes", "readwrite");
  transaction.objectStore("bytes").put(bytes, name);
  await new Promise((done, fail) => {
    transaction.oncomplete = done;
    transaction.onabort = () => fail(transaction.error);
  });
  db.close();
}

/** The bytes of that name; fails when there are none. */
export async function get(name) {
  const db = await database();
  const request = db.transaction("bytes").objectStore("bytes").get(name);
  const bytes = await new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  db.close();
  if (!bytes) throw new Error(`nothing is stored as ${name}`);
  return bytes;
}
