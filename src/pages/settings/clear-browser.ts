/** Forgets all that the studio has kept in this browser, and starts the page anew. */
export async function clearBrowser(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  const databases = await indexedDB.databases();
  await Promise.all(
    databases.map(
      ({ name }) =>
        new Promise<void>((resolve) => {
          if (!name) return resolve();
          const request = indexedDB.deleteDatabase(name);
          // One that this page still has open is deleted when the page goes, which is next.
          request.onsuccess = request.onerror = request.onblocked = () => resolve();
        }),
    ),
  );
  window.location.reload();
}
