package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;

/** What a data folder holds, opened by recovering what the last process left. */
record StoreFiles(DataFolder folder, Archive archive, Journal journal, Epochs epochs) implements AutoCloseable {
    private static final Logger LOG = System.getLogger(StoreFiles.class.getName());

    /** @throws UnusableData the folder cannot be used */
    static StoreFiles open(Path path, Function<ChannelName, Namespace> namespaces, Metrics metrics) {
        DataFolder folder = DataFolder.hold(path.toAbsolutePath());
        try {
            return open(folder, SteadyFiles.in(folder), Machine.start(), namespaces, metrics);
        } catch (IOException | MVStoreException e) {
            folder.close();
            throw new UnusableData(
                    "cannot open the log in " + folder.path() + " (" + e
                            + "). Put back a copy of the folder, or begin with an empty log by moving it away",
                    e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * @param files how the file system names the folder's files
     * @param machine which start of the machine this is
     */
    static StoreFiles open(
            DataFolder folder,
            String files,
            String machine,
            Function<ChannelName, Namespace> namespaces,
            Metrics metrics)
            throws IOException {
        String file = files + '/' + Archive.FILE;
        dropUnborn(FilePath.get(file), files);
        boolean damaged = Archive.mark(file).exists();
        if (damaged) {
            Salvage.run(file);
        }
        Archive archive;
        try {
            archive = new Archive(file, metrics);
        } catch (MVStoreException e) {
            if (!Archive.isDamage(e)) {
                throw e;
            }
            damaged = true;
            Salvage.run(file);
            archive = new Archive(file, metrics);
        }
        try {
            Maps maps = archive.forWriting();
            Facts.checkFormat(maps, file);
            Epochs epochs = Facts.epochs(maps);
            long number = new Recovery(files, maps, epochs, namespaces).run(machine, damaged);
            Archive.mark(file).delete();
            return new StoreFiles(folder, archive, new Journal(files, number, folder::force, metrics), epochs);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** An archive without its head was being made when the process died: there was no journal yet, so nothing was stored. */
    private static void dropUnborn(FilePath archive, String files) {
        if (archive.exists()
                && archive.size() < Archive.HEAD
                && Journal.numbers(files).isEmpty()) {
            archive.delete();
        }
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the journal could not be closed", e);
        }
        archive.close();
        folder.close();
    }
}
