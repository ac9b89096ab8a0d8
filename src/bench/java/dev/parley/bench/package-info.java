/**
 * JMH benchmarks. {@code mvn -Pbench} runs them all, {@code mvn -Pbench -Dbench=Publish} those with that in their name; files go where
 * {@code java.io.tmpdir} says, which should be a real disk.
 *
 * <p>Not {@code @NullMarked}: JMH sets up what constructors do elsewhere.
 */
package dev.parley.bench;
