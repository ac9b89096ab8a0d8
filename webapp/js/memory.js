// @ts-check

/**
 * A browser's storage that may be full or forbidden: then nothing is remembered, and nothing breaks.
 * @param {() => Storage} storage reading the property itself may throw
 * @returns {Pick<Storage, 'getItem' | 'setItem'>}
 */
export const memory = (storage) => ({
  getItem(key) {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  setItem(key, value) {
    try {
      storage().setItem(key, value);
    } catch {
      // It will be asked again another time.
    }
  },
});
