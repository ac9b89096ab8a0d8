package dev.parley.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.wire.client.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An example client in a process of its own. For one thread. */
final class ClientProcess implements AutoCloseable {
    private static final Path CLIENTS = Path.of("src/site/markdown/clients");

    private final Process process;
    private final BufferedReader printed;
    private final Writer said;

    private ClientProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        printed = process.inputReader(UTF_8);
        said = process.outputWriter(UTF_8);
    }

    /** @param client the name of its file, beside the documentation */
    static ClientProcess start(String interpreter, String client, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(interpreter, file(client).toString()));
        command.addAll(List.of(arguments));
        return new ClientProcess(command);
    }

    /** Anything else that a reader of the documentation would type. */
    static ClientProcess run(String... command) throws IOException {
        return new ClientProcess(List.of(command));
    }

    static Path file(String client) {
        return CLIENTS.resolve(client);
    }

    void say(String line) throws IOException {
        said.write(line + '\n');
        said.flush();
    }

    String nextLine() {
        return Wire.within(
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(printed.readLine());
                    } catch (IOException e) {
                        return e.toString();
                    }
                }),
                "a line of the client");
    }

    /** Ends what it started, too. */
    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        said.close();
    }
}
