package dev.parley;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Which package may use which. Arrows point inward: app, edges, session, protocol, core. */
@AnalyzeClasses(packages = "dev.parley", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] EVERYWHERE = {"java..", "org.jspecify.annotations.."};

    @ArchTest
    static final ArchRule coreUsesTheJdkAlone = only("core");

    @ArchTest
    static final ArchRule protocolIsPure = only("protocol", "dev.parley.core..", "tools.jackson.core..");

    @ArchTest
    static final ArchRule sessionKnowsNoTransport = only("session", "dev.parley.core..", "dev.parley.protocol..");

    @ArchTest
    static final ArchRule authUsesCore = only("auth", "dev.parley.core..");

    @ArchTest
    static final ArchRule configUsesCore = only("config", "dev.parley.core..");

    @ArchTest
    static final ArchRule embeddedUsesCore = only("embedded", "dev.parley.core..", "org.h2..");

    @ArchTest
    static final ArchRule metricsUsesCore = only("metrics", "dev.parley.core..", "io.micrometer..");

    @ArchTest
    static final ArchRule redisUsesCore =
            only("redis", "dev.parley.core..", "io.lettuce..", "io.netty.util.concurrent..");

    @ArchTest
    static final ArchRule websocketIsAnEdge = edge(
            "websocket",
            "jakarta.websocket..",
            "jakarta.servlet..",
            "org.apache.tomcat.websocket..",
            "org.apache.tomcat.util.net");

    @ArchTest
    static final ArchRule sseIsAnEdge = edge("sse", "jakarta.ws.rs..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule httpIsAnEdge = edge("http", "jakarta.ws.rs..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule bootIsApart = only(
            "boot",
            "org.apache.catalina..",
            "org.apache.coyote..",
            "org.apache.tomcat..",
            "jakarta.servlet..",
            "jakarta.websocket..");

    @ArchTest
    static final ArchRule nobodyUsesApp = nobodyUses("app");

    /** It lies outside the application, which would not find it. */
    @ArchTest
    static final ArchRule nobodyUsesBoot = nobodyUses("boot");

    /** A new package needs a rule here. */
    @ArchTest
    static final ArchRule theseAreAll = classes()
            .should()
            .resideInAnyPackage(Stream.of(
                            "app",
                            "auth",
                            "boot",
                            "config",
                            "core",
                            "embedded",
                            "http",
                            "metrics",
                            "protocol",
                            "redis",
                            "session",
                            "sse",
                            "websocket")
                    .map(ArchitectureTest::in)
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.parley.(*)..").should().beFreeOfCycles();

    /** A transport: it may use what lies inward, and no other edge. */
    private static ArchRule edge(String name, String... libraries) {
        String[] inward = {
            "dev.parley.session..",
            "dev.parley.protocol..",
            "dev.parley.core..",
            "dev.parley.auth..",
            "dev.parley.config.."
        };
        return only(name, concat(inward, libraries));
    }

    private static ArchRule only(String name, String... others) {
        return classes()
                .that()
                .resideInAPackage(in(name))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(concat(concat(EVERYWHERE, others), in(name))));
    }

    private static ArchRule nobodyUses(String name) {
        return classes()
                .that()
                .resideInAPackage(in(name))
                .should()
                .onlyHaveDependentClassesThat(resideInAnyPackage(in(name)));
    }

    private static String in(String name) {
        return "dev.parley." + name + "..";
    }

    private static String[] concat(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
