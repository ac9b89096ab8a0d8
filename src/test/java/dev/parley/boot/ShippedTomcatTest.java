package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.IntrospectionUtils;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** What {@code config/tomcat} and {@code config/systemd} say is what {@code java -jar} does. */
class ShippedTomcatTest {
    private static final Path CONFIG = Path.of(System.getProperty("basedir", ""), "config");
    private static final Set<String> NOT_ATTRIBUTES = Set.of("protocol", "port");

    private final Options defaults = Options.read();

    @Test
    void connectorHasTheValuesOfTheEmbeddedServer() throws Exception {
        Map<String, String> shipped = attributes(element("tomcat/connector.xml", "Connector"));
        shipped.keySet().removeAll(NOT_ATTRIBUTES);
        assertEquals(new TreeMap<>(Listener.attributes(defaults)), shipped);
    }

    @Test
    void tomcatKnowsEveryAttributeOfTheConnector() throws Exception {
        Map<String, String> shipped = attributes(element("tomcat/connector.xml", "Connector"));
        var connector = new Connector(shipped.remove("protocol"));
        shipped.forEach((name, value) ->
                assertTrue(IntrospectionUtils.setProperty(connector, name, value), "unknown attribute " + name));
    }

    @Test
    void valveTrustsTheProxiesThatTheEmbeddedServerTrusts() throws Exception {
        Map<String, String> shipped = attributes(element("tomcat/valves.xml", RemoteIpValve.class.getName()));
        var valve = new RemoteIpValve();
        shipped.remove("className");
        shipped.forEach((name, value) ->
                assertTrue(IntrospectionUtils.setProperty(valve, name, value), "unknown attribute " + name));
        RemoteIpValve embedded = Forwarded.valve(defaults.trustedProxies());
        assertEquals(embedded.getInternalProxies(), valve.getInternalProxies());
        assertEquals(embedded.getRemoteIpHeader(), valve.getRemoteIpHeader());
        assertEquals(embedded.getProtocolHeader(), valve.getProtocolHeader());
    }

    @Test
    void serviceHasTheJvmOptionsOfTomcatButForTheBuffersWhichAreBuiltIn() throws IOException {
        Set<String> tomcat = options(lines("tomcat/setenv.sh", "CATALINA_OPTS="));
        assertTrue(
                tomcat.remove("-Dorg.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE=" + Listener.FRAME_BUFFER),
                tomcat::toString);
        Set<String> service = options(lines("systemd/parley.service", "ExecStart="));
        service.removeAll(Set.of("-Dcatalina.base=/etc/parley", "-jar"));
        assertEquals(tomcat, service);
    }

    @Test
    void everyFileThatTheServiceNamesIsInstalledByTheSteps() throws IOException {
        String steps = Files.readString(CONFIG.resolve("../src/site/markdown/operations.md"));
        Set<String> named = Pattern.compile("/(?:opt|etc)/parley/[a-z/]+\\.[a-z]+")
                .matcher(Files.readString(CONFIG.resolve("systemd/parley.service")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(named.contains("/opt/parley/parley.war"), named::toString);
        named.removeIf(file -> steps.contains(" " + file + "\n"));
        assertEquals(Set.of(), named);
    }

    private static Set<String> options(Stream<String> lines) {
        var options = new TreeSet<String>();
        lines.flatMap(line -> Arrays.stream(line.split("[\\s\"]+")))
                .filter(word -> word.startsWith("-"))
                .forEach(options::add);
        return options;
    }

    private static Stream<String> lines(String file, String beginning) throws IOException {
        return Files.readAllLines(CONFIG.resolve(file)).stream().filter(line -> line.startsWith(beginning));
    }

    /** The element of this name, or of this class, in a file that is a piece of {@code server.xml}. */
    private static Element element(String file, String nameOrClass) throws Exception {
        String whole = "<Server>" + Files.readString(CONFIG.resolve(file)) + "</Server>";
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)));
        var all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element found
                    && (found.getTagName().equals(nameOrClass)
                            || found.getAttribute("className").equals(nameOrClass))) {
                return found;
            }
        }
        throw new AssertionError("no " + nameOrClass + " in " + file);
    }

    private static Map<String, String> attributes(Element element) {
        var attributes = new TreeMap<String, String>();
        NamedNodeMap all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            attributes.put(all.item(i).getNodeName(), all.item(i).getNodeValue());
        }
        return attributes;
    }
}
