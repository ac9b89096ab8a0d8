package dev.parley.wire;

import java.io.Closeable;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.LifecycleMethodExecutor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/**
 * The WAR, in the container that {@code arquillian.xml} describes. Arquillian's own JUnit extension deploys for each test class;
 * this holder goes through the same door that it does and so deploys once for all of them.
 */
final class Deployed implements Closeable {
    /** Filled in by Arquillian. */
    @ArquillianResource
    private @Nullable URL url;

    private final TestRunnerAdaptor arquillian;

    private Deployed(TestRunnerAdaptor arquillian) {
        this.arquillian = arquillian;
    }

    @Deployment(testable = false)
    static WebArchive parley() {
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, new File(System.getProperty("it.war", "target/parley.war")));
    }

    static Deployed deploy() throws Exception {
        var deployed = new Deployed(TestRunnerAdaptorBuilder.build());
        deployed.arquillian.beforeSuite();
        deployed.arquillian.beforeClass(Deployed.class, LifecycleMethodExecutor.NO_OP);
        deployed.arquillian.before(deployed, aMethod(), LifecycleMethodExecutor.NO_OP);
        return deployed;
    }

    /** Where it answers. Payara's adapter names the machine, but all listeners are bound to loopback. */
    URI base() {
        URL known = Objects.requireNonNull(url, "Arquillian knows no address");
        return URI.create("http://127.0.0.1:" + known.getPort() + known.getPath());
    }

    /** Undeploys and stops the container. */
    @Override
    public void close() {
        try {
            arquillian.after(this, aMethod(), LifecycleMethodExecutor.NO_OP);
            arquillian.afterClass(Deployed.class, LifecycleMethodExecutor.NO_OP);
            arquillian.afterSuite();
        } catch (Exception e) {
            throw new IllegalStateException("the container did not end well", e);
        } finally {
            arquillian.shutdown();
        }
    }

    /** Arquillian fills the fields of a test before one of its methods runs; any method will do. */
    private static Method aMethod() throws NoSuchMethodException {
        return Deployed.class.getDeclaredMethod("base");
    }
}
