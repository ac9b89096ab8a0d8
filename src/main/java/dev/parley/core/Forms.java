package dev.parley.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** The encoded forms of something that goes to many: each is made once, when the first reader asks for it. */
public final class Forms {
    private final AtomicReferenceArray<Object> made = new AtomicReferenceArray<>(Format.SLOTS);

    /**
     * @param slot the place of this form: 0 to {@link Format#SLOTS} - 1, another one for each
     * @param making pure; may run twice when two threads ask at once
     */
    public <T> T get(int slot, Supplier<T> making) {
        @SuppressWarnings("unchecked") // a slot holds what its own form's maker made
        T known = (T) made.getAcquire(slot);
        if (known != null) {
            return known;
        }
        T first = making.get();
        made.setRelease(slot, first);
        return first;
    }
}
