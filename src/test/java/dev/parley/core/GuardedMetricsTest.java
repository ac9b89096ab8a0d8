package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class GuardedMetricsTest {
    private final List<String> called = new ArrayList<>();

    @Test
    void everyCallIsPassedOnAndNoFailureComesBack() throws ReflectiveOperationException {
        InvocationHandler fails = (proxy, method, arguments) -> {
            called.add(method.getName());
            throw new IllegalStateException("a metric that fails");
        };
        InvocationHandler works = (proxy, method, arguments) -> {
            called.add(method.getName());
            return method.getName().equals("traffic") ? proxy(Metrics.Traffic.class, fails) : null;
        };
        callAll(Metrics.class, new GuardedMetrics(proxy(Metrics.class, fails)));
        callAll(Metrics.Traffic.class, new GuardedMetrics(proxy(Metrics.class, works)).traffic("sse"));

        int methods = Metrics.class.getDeclaredMethods().length + Metrics.Traffic.class.getDeclaredMethods().length;
        assertEquals(methods + 1, called.size(), called::toString);
    }

    private static <T> T proxy(Class<T> port, InvocationHandler handler) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private static void callAll(Class<?> port, Object guarded) throws ReflectiveOperationException {
        for (Method method : port.getDeclaredMethods()) {
            Object[] arguments = List.of(method.getParameterTypes()).stream()
                    .map(GuardedMetricsTest::any)
                    .toArray();
            assertDoesNotThrow(() -> method.invoke(guarded, arguments), method::toString);
        }
    }

    private static Object any(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == String.class) {
            return "text";
        }
        return type == Metrics.Work.class ? Metrics.Work.REDIS_READ : (DoubleSupplier) () -> 1;
    }
}
